using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Console.Api;
using KioskLink.Register.Facts;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Console.Doors;

/// <summary>
/// Reads what the page of doors shows. Kept for a live page, it asks for little: branches each minute, attempts only of a
/// branch whose journals have grown.
/// </summary>
internal sealed class DoorReader(RegisterApi api, string language)
{
    private const int AttemptsRead = 40;
    private static readonly NodaTime.Duration BranchesEvery = NodaTime.Duration.FromMinutes(1);

    private readonly Dictionary<string, (string Journals, Dictionary<string, Attempt> ByDoor)> _attempts = [];
    private IReadOnlyList<Branch> _branches = [];
    private Instant _branchesRead = Instant.MinValue;

    /// <summary>Every branch with its doors, by name.</summary>
    public async Task<IReadOnlyList<BranchView>> ReadAsync(Instant now, CancellationToken cancel)
    {
        if (now - _branchesRead > BranchesEvery)
        {
            _branches = await api.AllBranchesAsync(cancel);
            _branchesRead = now;
        }

        var nodes = (await api.AllNodesAsync(cancel)).Where(node => !node.Revoked).ToLookup(node => node.BranchId);
        var alarms = (await api.StandingAlarmsAsync(language, cancel)).ToLookup(alarm => alarm.BranchId);
        var views = new List<BranchView>();
        foreach (var branch in _branches)
            views.Add(View(branch, [.. nodes[branch.Id]], [.. alarms[branch.Id]], await LastByDoorAsync(branch.Id, nodes[branch.Id], cancel), now));
        return views;
    }

    private async Task<Dictionary<string, Attempt>> LastByDoorAsync(string branch, IEnumerable<NodeStatus> nodes, CancellationToken cancel)
    {
        var journals = string.Join(' ', nodes.Select(node => $"{node.JournalId}:{node.JournalSequence}"));
        if (_attempts.TryGetValue(branch, out var known) && known.Journals == journals) return known.ByDoor;
        var page = await api.Access.ListAttemptsAsync(new ListAttemptsRequest { BranchId = branch, PageSize = AttemptsRead }, cancellationToken: cancel);
        var byDoor = page.Attempts.GroupBy(attempt => attempt.DoorId).ToDictionary(door => door.Key, door => door.First());
        _attempts[branch] = (journals, byDoor);
        return byDoor;
    }

    private static BranchView View(Branch branch, IReadOnlyList<NodeStatus> nodes, IReadOnlyList<Alarm> alarms, Dictionary<string, Attempt> last, Instant now)
    {
        var hours = branch.Hours?.FromProto();
        return new BranchView(
            branch.Id,
            branch.Name.Length > 0 ? branch.Name : branch.Id,
            hours is null ? Protos.Types.V1.PeriodKind.Unspecified : (Protos.Types.V1.PeriodKind)OpeningCalendar.KindAt(hours, now),
            hours is null ? null : OpeningCalendar.Until(hours, now)?.ToProto(),
            [.. branch.Doors.Select(door => View(branch.Id, door, nodes, last.GetValueOrDefault(door.Id)))],
            alarms);
    }

    private static DoorView View(string branch, Door door, IReadOnlyList<NodeStatus> nodes, Attempt? last)
    {
        var node = nodes.FirstOrDefault(one => one.Doors.Any(state => state.DoorId == door.Id)) ?? (nodes.Count > 0 ? nodes[0] : null);
        return new DoorView(
            branch, door.Id, door.Name.Length > 0 ? door.Name : door.Id, node, node?.Doors.FirstOrDefault(state => state.DoorId == door.Id), last);
    }
}
