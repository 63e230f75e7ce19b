using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;
using NodaTime;
using NodaTime.Text;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Alarms;

/// <summary>Alarms and routes as messages. Pure.</summary>
internal static class AlarmProto
{
    private static readonly LocalTimePattern Clock = LocalTimePattern.CreateWithInvariantCulture("HH:mm");

    /// <summary>An alarm in a language.</summary>
    public static Alarm Show(FaultRow row, Language language) => new()
    {
        Id = row.AlarmId,
        BranchId = row.BranchId,
        NodeId = row.NodeId,
        Subject = row.Subject,
        Kind = (Wire.AlarmKind)row.Kind,
        Severity = (Wire.AlarmSeverity)row.Severity,
        State = StateOf(row),
        Title = AlarmTexts.Title(AlarmKinds.Of(row.Kind), row.Subject, language),
        Mend = AlarmTexts.Mend(AlarmKinds.Of(row.Kind), language),
        Sentence = row.Sentence,
        RaiseTime = ((long?)row.RaisedAt).ToTimestamp(),
        Late = row.IsLate,
        Raises = row.Raises,
        ClearTime = row.ClearedAt.ToTimestamp(),
        RootId = row.ParentId,
        AcknowledgedBy = row.AcknowledgedBy,
        AcknowledgeTime = row.AcknowledgedAt.ToTimestamp(),
        Note = row.Note,
        Version = row.Version,
        Told = row.AnnouncedAt is not null,
    };

    /// <summary>A route; of recipients only the ends are shown.</summary>
    public static Protos.Register.V1.AlarmRoute Show(AlarmRoute route) => new()
    {
        Id = route.Id,
        BranchIds = { route.Branches },
        MinSeverity = (Wire.AlarmSeverity)route.MinSeverity,
        From = Clock.Format(route.From),
        To = route.To == LocalTime.Midnight ? "24:00" : Clock.Format(route.To),
        Weekdays = { route.Days.Select(day => (int)day) },
        Channel = route.Channel,
        Recipients = { route.Recipients.Select(Masked) },
        Language = (Wire.Language)route.Language,
        AfterMinutes = route.AfterMinutes,
    };

    private static AlarmState StateOf(FaultRow row) => row switch
    {
        { ClearedAt: not null } => AlarmState.Cleared,
        { AcknowledgedAt: not null } => AlarmState.Acknowledged,
        _ => AlarmState.Raised,
    };

    private static string Masked(string recipient) => recipient.Length <= 4 ? "…" : $"{recipient[..2]}…{recipient[^2..]}";
}
