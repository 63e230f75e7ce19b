using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>Something to be done at a change of a branch's state.</summary>
/// <param name="Id">Its id.</param>
/// <param name="To">The state that begins.</param>
/// <param name="From">The state that ends; null for any.</param>
/// <param name="Offset">How long after the change; negative before it.</param>
/// <param name="Holds">What it sets for as long as nothing else sets it; null for something that is done once.</param>
public sealed record PlannedAction(string Id, BranchState To, BranchState? From, Duration Offset, string? Holds);

/// <summary>An action whose time has come.</summary>
/// <param name="ActionId">The action.</param>
/// <param name="ChangeAt">The change to which it belongs.</param>
public readonly record struct DueAction(string ActionId, Instant ChangeAt);

/// <summary>
/// Which actions stand and which are to be done, from the calendar and the time alone: whoever was away while something changed finds out
/// what to catch up with. Pure and thread-safe.
/// </summary>
public static class ChangePlan
{
    /// <summary>How far back a setting may have been made.</summary>
    public static Duration Past { get; } = Duration.FromDays(8);

    /// <summary>The longest offset, before a change and after it.</summary>
    public static Duration LongestOffset { get; } = Duration.FromHours(12);

    /// <summary>For each thing that is set by actions, the action that set it last.</summary>
    /// <param name="actions">The actions.</param>
    /// <param name="changes">The changes of the past and near future, in order.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyDictionary<string, string> Standing(IReadOnlyList<PlannedAction> actions, IReadOnlyList<BranchChange> changes, Instant now)
    {
        var last = new Dictionary<string, (Instant Due, string ActionId)>();
        foreach (var (action, change) in Matches(actions, changes).Where(match => match.Action.Holds is not null))
        {
            var due = change.At + action.Offset;
            if (due <= now && !(last.TryGetValue(action.Holds!, out var before) && before.Due > due))
            {
                last[action.Holds!] = (due, action.Id);
            }
        }

        return last.ToDictionary(entry => entry.Key, entry => entry.Value.ActionId);
    }

    /// <summary>What is to be done once, its time come and its occasion not past: before a change until it comes, after it while the new state lasts.</summary>
    /// <param name="actions">The actions.</param>
    /// <param name="changes">The changes of the past and near future, in order.</param>
    /// <param name="now">The time.</param>
    public static IReadOnlyList<DueAction> Due(IReadOnlyList<PlannedAction> actions, IReadOnlyList<BranchChange> changes, Instant now)
    {
        var latest = changes.LastOrDefault(change => change.At <= now);
        return
        [
            .. Matches(actions, changes)
                .Where(match => match.Action.Holds is null && match.Change.At + match.Action.Offset <= now)
                .Where(match => match.Action.Offset < Duration.Zero ? now < match.Change.At : match.Change == latest)
                .OrderBy(match => match.Change.At + match.Action.Offset)
                .Select(match => new DueAction(match.Action.Id, match.Change.At)),
        ];
    }

    private static IEnumerable<(PlannedAction Action, BranchChange Change)> Matches(IReadOnlyList<PlannedAction> actions, IReadOnlyList<BranchChange> changes) =>
        from change in changes
        from action in actions
        where action.To == change.To && (action.From is null || action.From == change.From)
        select (action, change);
}
