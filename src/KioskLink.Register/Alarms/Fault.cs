using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>What people were told last of a fault.</summary>
internal enum Told
{
    /// <summary>Nothing.</summary>
    Nothing,

    /// <summary>That it stands.</summary>
    Raised,

    /// <summary>That it is over.</summary>
    Cleared,
}

/// <summary>One fault at one place, however often it was raised. Immutable.</summary>
internal sealed record Fault
{
    /// <summary>Its id.</summary>
    public required string Id { get; init; }

    /// <summary>What it is about, unique at its place with its kind.</summary>
    public required string Subject { get; init; }

    /// <summary>The subject on which it hangs; empty for none.</summary>
    public string RootSubject { get; init; } = "";

    /// <summary>The kind.</summary>
    public required AlarmKind Kind { get; init; }

    /// <summary>What the place said, in English.</summary>
    public string Sentence { get; init; } = "";

    /// <summary>Something that happened, and not a state that ends.</summary>
    public bool IsHappening { get; init; }

    /// <summary>Whether the register heard of it only later.</summary>
    public bool IsLate { get; init; }

    /// <summary>When it was raised first, by the clock of its place.</summary>
    public required Instant RaisedAt { get; init; }

    /// <summary>How often it was raised.</summary>
    public int Raises { get; init; } = 1;

    /// <summary>When it was over; null while it stands.</summary>
    public Instant? ClearedAt { get; init; }

    /// <summary>When it is to be told; null when nothing is pending.</summary>
    public Instant? AnnounceAt { get; init; }

    /// <summary>When it was told; null before.</summary>
    public Instant? AnnouncedAt { get; init; }

    /// <summary>When it is to be told that it is over; null when nothing is pending.</summary>
    public Instant? TellClearAt { get; init; }

    /// <summary>What people were told last.</summary>
    public Told Told { get; init; }

    /// <summary>The fault of which this is a consequence; empty for none.</summary>
    public string ParentId { get; init; } = "";

    /// <summary>Who looks after it; empty for nobody.</summary>
    public string AcknowledgedBy { get; init; } = "";

    /// <summary>Since when.</summary>
    public Instant? AcknowledgedAt { get; init; }

    /// <summary>What that person noted.</summary>
    public string Note { get; init; } = "";

    /// <summary>The minutes of the last step of escalation that was taken.</summary>
    public int EscalatedTo { get; init; }

    /// <summary>Whether it stands.</summary>
    public bool IsStanding => ClearedAt is null;

    /// <summary>Whether it comes and goes.</summary>
    public bool IsFlapping => Raises >= AlarmLimits.FlapRaises;

    /// <summary>How soon somebody must look.</summary>
    public AlarmSeverity Severity => AlarmKinds.SeverityOf(Kind);
}
