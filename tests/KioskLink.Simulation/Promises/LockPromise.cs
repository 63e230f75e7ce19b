using KioskLink.Rules.Branches;
using KioskLink.Simulation.Branch;
using KioskLink.Simulation.World;
using NodaTime;

namespace KioskLink.Simulation.Promises;

/// <summary>Nothing unlocks without a durable decision, late or twice; without an attempt only a door that staffed hours free.</summary>
internal sealed class LockPromise(SimWorld world)
{
    private static readonly Duration NotLate = Duration.FromSeconds(6);
    private static readonly Duration CalendarLook = Duration.FromSeconds(2);
    private readonly Dictionary<string, Instant> _decided = [];
    private readonly HashSet<string> _unlocked = [];

    public void Presented(SimVerdict verdict) => _decided[verdict.Question.AttemptId] = world.Now;

    public void Unlocking(NodeRun run, string? attemptId, Instant sentAt)
    {
        if (attemptId is null)
        {
            HoldFree(run, sentAt);
            return;
        }
        world.Hold(run.Node.Disk.DurableGrants.Contains(attemptId), "nothing unlocks without a durable decision", () => attemptId);
        world.Hold(_unlocked.Add(attemptId), "no unlock is repeated", () => attemptId);
        world.Hold(world.Now - _decided[attemptId] <= NotLate, "no unlock is late", () => $"{attemptId}, decided at {_decided[attemptId]}");
    }

    // Where the register has just corrected a wrong clock, the next look at the calendar ends what that clock had freed.
    private void HoldFree(NodeRun run, Instant sentAt)
    {
        var isStaffed = run.Branch?.Hours is { } hours && OpeningCalendar.KindAt(hours, sentAt) == PeriodKind.Staffed;
        world.Hold(
            isStaffed || world.Now - run.CorrectedAt <= CalendarLook, "a door is free only in staffed hours", () => $"{run.Node.Id}, where it was {sentAt}");
    }
}
