using KioskLink.Protos.Register.V1;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;

namespace KioskLink.Register.Alarms;

/// <summary>
/// Compares what nodes report to stand with what the register holds: a fault that no record could tell, as of a full disk, is raised,
/// and one that a restart left over is cleared. Used by one loop.
/// </summary>
internal sealed class StandingReports(RegisterCore core, NodeDirectory directory, NodeReports reports, AlarmBook book)
{
    private readonly Dictionary<string, ReportStatusRequest> _seen = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> _doubtful = new(StringComparer.Ordinal);

    /// <summary>Looks at the reports that came since the last look.</summary>
    public async Task LookAsync()
    {
        foreach (var node in directory.All)
        {
            if (reports.Of(node.NodeId) is { Standing: not null, CommandId: "" } report && _seen.GetValueOrDefault(node.NodeId) != report)
            {
                _seen[node.NodeId] = report;
                await CompareAsync(new AlarmPlace(node.BranchId, node.NodeId), report.Standing);
            }
        }
    }

    private async Task CompareAsync(AlarmPlace place, StandingAlarms standing)
    {
        var told = standing.Alarms.ToDictionary(alarm => AlarmSubjects.OfNode(alarm.Subject), StringComparer.Ordinal);
        HashSet<string> held = [.. Held(place)];
        // A record may be on its way meanwhile: what is left over twice is over.
        HashSet<string> leftOver = [.. held.Where(subject => !told.ContainsKey(subject))];
        var over = leftOver.Intersect(_doubtful.GetValueOrDefault(place.NodeId) ?? []).ToList();
        _doubtful[place.NodeId] = leftOver;
        var missing = told.Where(alarm => !held.Contains(alarm.Key)).ToList();
        if (over.Count == 0 && missing.Count == 0)
        {
            return;
        }

        await core.Lane.WriteAsync(scope =>
        {
            foreach (var (_, alarm) in missing) book.Take(scope, place, AlarmIntake.Raised(alarm, scope.Now, isLate: false));
            foreach (var subject in over) book.Take(scope, place, new AlarmCleared(subject));
        });
    }

    private List<string> Held(AlarmPlace place)
    {
        using var db = core.Store.Read();
        return [.. AlarmBook.Live(db, core.Store.Consortium, place).Where(row => row.ClearedAt == null && !row.IsHappening).Select(row => row.Subject).AsEnumerable().Where(subject => !AlarmSubjects.IsOfRegister(subject))];
    }
}
