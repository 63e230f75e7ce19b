using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Outages;

/// <summary>Outages and suspensions as tables.</summary>
internal static class OutageTable
{
    private static readonly string[] Columns = ["id", "kind", "whom", "from", "until", "services", "reason"];

    public static IRenderable Of(IEnumerable<Outage> outages) => Layout.Table(Columns, outages.Select(Row), "No outages.");

    public static IRenderable Of(GetServiceStatusResponse status) => Layout.Stack(
        Layout.Sentence(status.Down.Count == 0 ? "Every service works." : $"Down: {Names(status.Down)}."),
        Layout.Table(
            ["from", "until", "now", "told to patrons"],
            status.Notices.Select(notice => (string[])[Times.Show(notice.StartTime), Times.Show(notice.EndTime), notice.InForce ? "yes" : "", notice.Text]),
            "Nothing is announced."));

    public static IRenderable Of(IEnumerable<BranchSuspension> suspensions) => Layout.Table(
        ["id", "branch", "from", "until", "reason", "lifted", "why"],
        suspensions.Select(row => (string[])
        [
            row.Id, row.BranchId, Times.Show(row.StartTime), row.EndTime is null ? "lifted" : Times.Show(row.EndTime), row.Reason, Times.Show(row.LiftTime), row.LiftReason,
        ]),
        "No suspensions.");

    private static string[] Row(Outage outage) =>
    [
        outage.Id,
        ProtoJson.Short(outage.Kind),
        outage.BranchIds.Count > 0 ? string.Join(", ", outage.BranchIds) : ProtoJson.Short(outage.Scope),
        Times.Show(outage.StartTime),
        outage.EndedTime is not null ? Times.Show(outage.EndedTime) : outage.EndTime is null ? "unknown" : Times.Show(outage.EndTime),
        Names(outage.AffectedServices),
        outage.Reason,
    ];

    private static string Names(IEnumerable<LibraryService> services) => string.Join(", ", services.Select(service => ProtoJson.Short(service)));
}
