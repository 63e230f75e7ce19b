using KioskLink.Register.Retention;
using NodaTime;

namespace KioskLink.Register.Profiles;

/// <summary>What the rules of the camera register must keep to (R61, R62, R66).</summary>
internal static class CameraCheck
{
    /// <summary>Longest time for which recordings, and so references to them, are kept.</summary>
    public static readonly Duration KeptMax = Duration.FromHours(14 * 24);

    /// <summary>Longer than this a written reason is needed.</summary>
    public static readonly Duration KeptWithoutReason = Duration.FromHours(72);

    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well or there are no cameras.</summary>
    public static string? Problem(ConsortiumProfile profile) =>
        profile.Camera is { } camera ? Reasons(camera) ?? Kept(camera) ?? Spans(camera) ?? Rule(profile, camera) : null;

    private static string? Reasons(CameraProfile camera) =>
        camera.Reasons.Count == 0 || camera.Reasons.Distinct().Count() != camera.Reasons.Count || camera.Reasons.Any(string.IsNullOrWhiteSpace)
            ? "`camera.reasons` must name each reason for a viewing once: correct the list."
            : null;

    private static string? Kept(CameraProfile camera)
    {
        if (camera.RecordingsKept <= Duration.Zero || camera.RecordingsKept > KeptMax)
        {
            return $"`camera.recordingsKept` must be longer than nothing and at most {KeptMax.TotalDays} d: change it.";
        }

        return camera.RecordingsKept > KeptWithoutReason && camera.LongRetentionReason?.IsWhole() != true
            ? $"`camera.longRetentionReason` is missing: recordings kept for longer than {KeptWithoutReason.TotalHours} h need a written reason."
            : null;
    }

    // A reference that outlived its recording would point at nothing and still tell who was there.
    private static string? Rule(ConsortiumProfile profile, CameraProfile camera) =>
        profile.Retention.FirstOrDefault(entry => entry.Rule == RetentionRules.CameraReferences)?.Period is { Unit: KeepUnit.Days } period
            && Duration.FromHours(24 * period.Count) > camera.RecordingsKept
            ? $"`retention` keeps \"{RetentionRules.CameraReferences}\" longer than `camera.recordingsKept`: shorten it."
            : null;

    private static string? Spans(CameraProfile camera)
    {
        (string Key, Duration Span)[] spans =
        [
            ("recordWithin", camera.RecordWithin), ("copyOpenMax", camera.CopyOpenMax), ("grantMax", camera.GrantMax),
        ];
        return spans.FirstOrDefault(span => span.Span <= Duration.Zero) is { Key: { } key }
            ? $"`camera.{key}` must be longer than nothing: change it."
            : camera.MatchTolerance < Duration.Zero ? "`camera.matchTolerance` must not be negative: change it." : null;
    }
}
