using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Alarms;

/// <summary>Alarms and routes as tables and lines.</summary>
internal static class AlarmTable
{
    private static readonly string[] Columns = ["id", "severity", "where", "what", "since", "state", "what to do"];

    public static IRenderable Of(IEnumerable<Alarm> alarms) => Layout.Table(Columns, alarms.Select(Row), "No alarms.");

    public static IRenderable Of(IEnumerable<AlarmRoute> routes) => Layout.Table(
        ["route", "branches", "from severity", "hours", "after", "channel", "to", "language"],
        routes.Select(route => (string[])
        [
            route.Id, route.BranchIds.Count == 0 ? "all" : string.Join(' ', route.BranchIds), ProtoJson.Short(route.MinSeverity), $"{route.From}-{route.To}",
            $"{route.AfterMinutes} min", route.Channel, string.Join(' ', route.Recipients), ProtoJson.Short(route.Language),
        ]),
        "Alarms are sent to nobody: name a file under `alarms` in register.json.");

    /// <summary>One line as it comes.</summary>
    public static IRenderable Line(Alarm alarm) =>
        Layout.Sentence(string.Join("  ", new[] { Times.Show(alarm.RaiseTime), ProtoJson.Short(alarm.Severity), ProtoJson.Short(alarm.State), Where(alarm), alarm.Title }.Where(word => word.Length > 0)));

    private static string[] Row(Alarm alarm) =>
    [
        alarm.Id, ProtoJson.Short(alarm.Severity), Where(alarm), alarm.Title + (alarm.Raises > 1 ? $" ({alarm.Raises} times)" : ""),
        Times.Show(alarm.RaiseTime) + (alarm.Late ? " (heard late)" : ""), State(alarm), alarm.State == AlarmState.Cleared ? "" : alarm.Mend,
    ];

    private static string State(Alarm alarm) => alarm.State switch
    {
        AlarmState.Cleared => $"over since {Times.Show(alarm.ClearTime)}",
        AlarmState.Acknowledged => alarm.Note.Length > 0 ? $"{alarm.AcknowledgedBy}: {alarm.Note}" : alarm.AcknowledgedBy,
        _ => alarm.RootId.Length > 0 ? "because of another" : "nobody yet",
    };

    private static string Where(Alarm alarm) => alarm.BranchId.Length == 0 ? "register" : string.Join(' ', new[] { alarm.BranchId, alarm.NodeId }.Where(part => part.Length > 0));
}
