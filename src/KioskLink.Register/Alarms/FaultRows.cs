using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>Faults between rows and the machine. Pure.</summary>
internal static class FaultRows
{
    /// <summary>The fault of a row.</summary>
    public static Fault ToFault(this FaultRow row) => new()
    {
        Id = row.AlarmId,
        Subject = row.Subject,
        RootSubject = row.RootSubject,
        Kind = AlarmKinds.Of(row.Kind),
        Sentence = row.Sentence,
        IsHappening = row.IsHappening,
        IsLate = row.IsLate,
        RaisedAt = Instant.FromUnixTimeMilliseconds(row.RaisedAt),
        Raises = row.Raises,
        ClearedAt = Time(row.ClearedAt),
        AnnounceAt = Time(row.AnnounceAt),
        AnnouncedAt = Time(row.AnnouncedAt),
        TellClearAt = Time(row.TellClearAt),
        Told = (Told)row.Told,
        ParentId = row.ParentId,
        AcknowledgedBy = row.AcknowledgedBy,
        AcknowledgedAt = Time(row.AcknowledgedAt),
        Note = row.Note,
        EscalatedTo = row.EscalatedTo,
    };

    /// <summary>Writes a fault into a row; place and version stand there already.</summary>
    public static FaultRow With(this FaultRow row, Fault fault) => row with
    {
        Subject = fault.Subject,
        RootSubject = fault.RootSubject,
        Kind = (int)fault.Kind,
        Severity = (int)fault.Severity,
        Sentence = fault.Sentence,
        IsHappening = fault.IsHappening,
        IsLate = fault.IsLate,
        RaisedAt = fault.RaisedAt.ToUnixTimeMilliseconds(),
        Raises = fault.Raises,
        ClearedAt = fault.ClearedAt?.ToUnixTimeMilliseconds(),
        AnnounceAt = fault.AnnounceAt?.ToUnixTimeMilliseconds(),
        AnnouncedAt = fault.AnnouncedAt?.ToUnixTimeMilliseconds(),
        TellClearAt = fault.TellClearAt?.ToUnixTimeMilliseconds(),
        Told = (int)fault.Told,
        ParentId = fault.ParentId,
        AcknowledgedBy = fault.AcknowledgedBy,
        AcknowledgedAt = fault.AcknowledgedAt?.ToUnixTimeMilliseconds(),
        Note = fault.Note,
        EscalatedTo = fault.EscalatedTo,
    };

    private static Instant? Time(long? ms) => ms is { } value ? Instant.FromUnixTimeMilliseconds(value) : null;
}
