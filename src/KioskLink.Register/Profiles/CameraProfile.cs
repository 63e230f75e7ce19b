using NodaTime;

namespace KioskLink.Register.Profiles;

/// <summary>Rules of the camera register (R61, R62, R66-R73).</summary>
internal sealed record CameraProfile
{
    /// <summary>Codes of the reasons for which a recording may be looked at (R66); the notice in force names each as a purpose.</summary>
    public required IReadOnlyList<string> Reasons { get; init; }

    /// <summary>How long recordings are kept, and so every reference to one (R61): at most 14 days.</summary>
    public required Duration RecordingsKept { get; init; }

    /// <summary>Why recordings are kept for longer than 72 hours; required where they are.</summary>
    public LocalText? LongRetentionReason { get; init; }

    /// <summary>How long after a viewing the record may be missing before an alarm (R70).</summary>
    public Duration RecordWithin { get; init; } = Duration.FromHours(1);

    /// <summary>How long a copy may stay undestroyed before an alarm (R62).</summary>
    public Duration CopyOpenMax { get; init; } = Duration.FromDays(30);

    /// <summary>How far our time of a viewing and the camera system's may lie apart (R72).</summary>
    public Duration MatchTolerance { get; init; } = Duration.FromMinutes(5);

    /// <summary>Longest viewing right (R69).</summary>
    public Duration GrantMax { get; init; } = Duration.FromDays(366);
}
