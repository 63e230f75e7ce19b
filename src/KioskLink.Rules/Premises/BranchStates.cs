using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>What a branch is at a time.</summary>
public enum BranchState
{
    /// <summary>Nobody is expected.</summary>
    Closed,

    /// <summary>Staff is there by the calendar.</summary>
    Staffed,

    /// <summary>Self-service.</summary>
    SelfService,

    /// <summary>Open by the calendar, and its doors shut by a suspension or a maintenance window.</summary>
    Suspended,
}

/// <summary>A change of a branch's state.</summary>
/// <param name="At">When.</param>
/// <param name="From">What it was.</param>
/// <param name="To">What it is from then on.</param>
public readonly record struct BranchChange(Instant At, BranchState From, BranchState To);

/// <summary>The states of a branch as its calendar, suspensions and maintenance windows say. Pure and thread-safe.</summary>
public static class BranchStates
{
    /// <summary>The most changes that are looked at.</summary>
    public const int MostChanges = 1000;

    /// <summary>What the branch is at a time; null while nothing is known of its hours.</summary>
    public static BranchState? At(BranchPolicy? branch, Instant now)
    {
        if (branch is not { Hours: { } hours })
        {
            return null;
        }

        var kind = OpeningCalendar.KindAt(hours, now);
        return kind == PeriodKind.Closed ? BranchState.Closed
            : Closures(branch).Any(closure => closure.IsInForce(now)) ? BranchState.Suspended
            : kind == PeriodKind.Staffed ? BranchState.Staffed
            : BranchState.SelfService;
    }

    /// <summary>The changes after one time and up to another, in order; none while nothing is known of its hours.</summary>
    public static IReadOnlyList<BranchChange> Changes(BranchPolicy? branch, Instant after, Instant until)
    {
        var changes = new List<BranchChange>();
        if (branch is not { Hours: { } hours } || At(branch, after) is not { } state)
        {
            return changes;
        }

        for (var next = NextEdge(branch, hours, after); next <= until && changes.Count < MostChanges; next = NextEdge(branch, hours, next.Value))
        {
            var to = At(branch, next.Value) ?? state;
            if (to != state)
            {
                changes.Add(new BranchChange(next.Value, state, to));
            }

            state = to;
        }

        return changes;
    }

    private static Instant? NextEdge(BranchPolicy branch, OpeningHours hours, Instant after) =>
        Closures(branch).SelectMany(closure => new[] { closure.Start, closure.End }).Where(edge => edge > after)
            .Append(OpeningCalendar.Until(hours, after)).Min();

    private static IEnumerable<Closure> Closures(BranchPolicy branch) => branch.Suspensions.Concat(branch.Maintenance);
}
