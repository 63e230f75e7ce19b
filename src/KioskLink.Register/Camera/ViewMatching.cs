using NodaTime;

namespace KioskLink.Register.Camera;

/// <summary>What a comparison found (R72).</summary>
/// <param name="Views">Viewings of the log within the time.</param>
/// <param name="Records">Records within the time.</param>
/// <param name="ViewsWithoutRecord">Viewings within the time that no record explains.</param>
/// <param name="RecordsWithoutView">Records within the time for which the log has no viewing.</param>
internal sealed record ViewDifferences(
    int Views, int Records, IReadOnlyList<LoggedView> ViewsWithoutRecord, IReadOnlyList<SessionRow> RecordsWithoutView)
{
    /// <summary>Viewings within the time that a record explains.</summary>
    public int Matched => Views - ViewsWithoutRecord.Count;
}

/// <summary>
/// Pairs the viewings of the camera system's log with our records: same viewer, branch and camera, times at most the tolerance
/// apart, each once. Both in order of time, each viewing takes the earliest record that still fits, which pairs as many as can
/// be. Pure.
/// </summary>
internal static class ViewMatching
{
    /// <summary>Compares both sides; what lies within the tolerance outside the time may explain, and is not reported.</summary>
    /// <param name="views">The log.</param>
    /// <param name="records">Records whose viewing time lies within the time or the tolerance around it.</param>
    /// <param name="span">The time.</param>
    /// <param name="tolerance">How far two times may lie apart.</param>
    public static ViewDifferences Compare(IReadOnlyList<LoggedView> views, IReadOnlyList<SessionRow> records, Interval span, Duration tolerance)
    {
        var explained = new HashSet<LoggedView>(ReferenceEqualityComparer.Instance);
        var seen = new HashSet<string>(StringComparer.Ordinal);
        var groups = records.GroupBy(record => Key(record.Viewer, record.BranchId, record.Camera))
            .ToDictionary(group => group.Key, group => group.OrderBy(record => record.ViewedAt).ToList());
        foreach (var group in views.Where(view => Around(view.At, span, tolerance)).GroupBy(view => Key(view.User, view.BranchId, view.Camera)))
        {
            Pair([.. group.OrderBy(view => view.At)], groups.GetValueOrDefault(group.Key, []), tolerance, explained, seen);
        }

        var within = views.Where(view => span.Contains(view.At)).ToList();
        var recorded = records.Where(record => span.Contains(At(record))).ToList();
        return new ViewDifferences(
            within.Count, recorded.Count, [.. within.Where(view => !explained.Contains(view))], [.. recorded.Where(record => !seen.Contains(record.SessionId))]);
    }

    private static void Pair(List<LoggedView> views, List<SessionRow> records, Duration tolerance, HashSet<LoggedView> explained, HashSet<string> seen)
    {
        var next = 0;
        foreach (var view in views)
        {
            while (next < records.Count && At(records[next]) < view.At - tolerance)
            {
                next++;
            }

            if (next < records.Count && At(records[next]) <= view.At + tolerance)
            {
                explained.Add(view);
                seen.Add(records[next++].SessionId);
            }
        }
    }

    private static bool Around(Instant at, Interval span, Duration tolerance) => at >= span.Start - tolerance && at < span.End + tolerance;

    private static Instant At(SessionRow record) => Instant.FromUnixTimeMilliseconds(record.ViewedAt!.Value);

    private static (string Viewer, string Branch, string Camera) Key(string viewer, string branch, string camera) =>
        (viewer.ToUpperInvariant(), branch.ToUpperInvariant(), camera.ToUpperInvariant());
}
