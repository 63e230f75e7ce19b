using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Premises;
using NodaTime;
using Duration = NodaTime.Duration;

namespace KioskLink.Node.BranchChanges;

/// <summary>
/// Follows the branch's state by the calendar, with or without the register, and has the actions done at its changes. A change that came while
/// the node was away is told and caught up with once; nothing is done twice. One loop.
/// </summary>
internal sealed class BranchFollower(IReadOnlyList<ActionConfig> actions, StateFile file, ActionRunner runner, BranchWork work, TimeProvider time)
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromSeconds(1);
    private static readonly Duration TimelineLasts = Duration.FromMinutes(10);

    private readonly List<PlannedAction> _plan = [.. actions.Select(PlanOf)];
    private bool _hasFound;
    private Followed _followed = Followed.Nothing;
    private (BranchPolicy? Branch, Instant At, IReadOnlyList<BranchChange> Changes) _timeline = (null, Instant.MinValue, []);

    /// <summary>What the branch is; null while nobody knows.</summary>
    public BranchState? State => _followed.State;

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        _followed = file.Read();
        using var timer = new PeriodicTimer(LookEvery, time);
        do
        {
            if (work.Branch() is { } branch)
                await LookAsync(branch, work.Now());
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task LookAsync(BranchPolicy branch, Instant now)
    {
        if (BranchStates.At(branch, now) is not { } state)
            return;
        var changes = ChangesOf(branch, now);
        var (before, due) = (_followed, ChangePlan.Due(_plan, changes, now));
        var undone = due.Where(action => !before.Done.Contains(action)).ToList();
        if (state != before.State || undone.Count > 0)
            await KeepAsync(new Followed(state, before.Done.Where(done => done.ChangeAt > now - ChangePlan.Past).Concat(undone).ToHashSet()));
        if (before.State is { } was && was != state)
            Tell(was, state);
        else if (!_hasFound)
            work.Found(state);
        _hasFound = true;
        runner.Hold(ChangePlan.Standing(_plan, changes, now).Values);
        // A node that never ran before has missed nothing.
        if (before.State is not null)
            undone.ForEach(action => runner.Do(action.ActionId, state));
    }

    private void Tell(BranchState from, BranchState to)
    {
        work.Record(new RecordOpen { Kind = RecordKind.Branch, Detail = $"{from} -> {to}" });
        work.Changed(from, to);
    }

    // Kept before anything is done, so that a crash in between does nothing twice.
    private async Task KeepAsync(Followed followed)
    {
        const string subject = "branch-state";
        _followed = followed;
        try
        {
            await Task.Run(() => file.Write(followed));
            work.Alarm(subject, null);
        }
        catch (IOException fault)
        {
            work.Alarm(subject, $"What was done at the branch's changes cannot be kept on disk ({fault.Message}), so a restart may do it again: mend the disk.");
        }
    }

    private IReadOnlyList<BranchChange> ChangesOf(BranchPolicy branch, Instant now)
    {
        if (!ReferenceEquals(_timeline.Branch, branch) || now < _timeline.At || now > _timeline.At + TimelineLasts)
            _timeline = (branch, now, BranchStates.Changes(branch, now - ChangePlan.Past, now + ChangePlan.LongestOffset + TimelineLasts));
        return _timeline.Changes;
    }

    private static PlannedAction PlanOf(ActionConfig action) => new(
        action.Id, action.To!.Value, action.From, Duration.FromMinutes(action.Minutes), action.Set is null ? null : $"{action.Device}/{action.Output}");
}
