using NodaTime;

namespace KioskLink.Rules.Pins;

/// <summary>
/// What wrong PINs cost (domain facts 3.2): a guess is reserved before the slow hash runs and given back when it was right; no
/// reservation, no check. Three wrong in a row wait 30 s, four 2 min; the fifth and each after it is a lock of 15 min, 1 h and, the third
/// within 24 h, until staff gives a new PIN; so do ten wrong within 24 h. A right PIN resets waits, not the day's count.
/// Pure and thread-safe; whoever keeps the state makes its change atomic.
/// </summary>
public static class GuessRules
{
    /// <summary>Wrong PINs within <see cref="Day"/> that lock a card for good.</summary>
    public const int DayLimit = 10;

    private const int LocksBeforeGood = 3;
    private const int FirstLockAt = 5;

    /// <summary>The span over which guesses and locks count.</summary>
    public static Duration Day { get; } = Duration.FromHours(24);

    /// <summary>Whether no guess may be spent now.</summary>
    public static bool IsLocked(GuessState state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return state.LockedForGood || state.LockedUntil > now;
    }

    /// <summary>Reserves a guess as if it were wrong; not allowed while the card waits, and then the state is as it was.</summary>
    public static (bool Allowed, GuessState State) Reserve(GuessState state, Instant now) =>
        IsLocked(state, now) ? (false, state) : (true, Spend(state, now));

    /// <summary>
    /// Reserves a guess on a node that is cut off: allowed only while neither the register's last word nor the guesses spent here lock the
    /// card, and fewer than <paramref name="limit"/> were spent here within a day. The new state is that of the guesses spent here.
    /// </summary>
    public static (bool Allowed, GuessState State) ReserveOffline(GuessState fromRegister, GuessState spentHere, int limit, Instant now)
    {
        ArgumentNullException.ThrowIfNull(spentHere);
        var isSpent = WithinDay(spentHere.WrongTimes, now).Count >= limit;
        return isSpent || IsLocked(fromRegister, now) ? (false, spentHere) : Reserve(spentHere, now);
    }

    /// <summary>Gives the last reservation back after a right PIN, and ends the waits.</summary>
    public static GuessState Succeed(GuessState state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        var given = state.WrongTimes.Count > 0 ? state.WrongTimes[^1] : (Instant?)null;
        var wrong = WithinDay(state.WrongTimes.SkipLast(1), now);
        var locks = WithinDay(state.LockTimes.Where(time => time != given), now);
        var isLockedByStaff = state.LockedForGood && !IsUsedUp(state.WrongTimes, state.LockTimes);
        return new GuessState { WrongTimes = wrong, LockTimes = locks, LockedForGood = isLockedByStaff || IsUsedUp(wrong, locks) };
    }

    /// <summary>A right PIN where the state holds no reservation for it: the waits end, the day's count and locks for good stay.</summary>
    public static GuessState EndWaits(GuessState state, Instant now)
    {
        ArgumentNullException.ThrowIfNull(state);
        return new GuessState
        {
            WrongTimes = WithinDay(state.WrongTimes, now),
            LockTimes = WithinDay(state.LockTimes, now),
            LockedForGood = state.LockedForGood,
        };
    }

    /// <summary>Adds wrong guesses that were spent elsewhere, as on a node that was cut off; the caller adds each attempt once.</summary>
    public static GuessState Merge(GuessState state, IEnumerable<Instant> wrongElsewhere, Instant now)
    {
        ArgumentNullException.ThrowIfNull(wrongElsewhere);
        return WithinDay(wrongElsewhere, now).Order().Aggregate(state, Spend);
    }

    private static GuessState Spend(GuessState state, Instant now)
    {
        var row = state.WrongInRow + 1;
        var wrong = WithinDay(state.WrongTimes.Append(now), now);
        var locks = WithinDay(row >= FirstLockAt ? state.LockTimes.Append(now) : state.LockTimes, now);
        var until = now + WaitAfter(row, locks.Count);
        return new GuessState
        {
            WrongInRow = row,
            WrongTimes = wrong,
            LockTimes = locks,
            LockedForGood = state.LockedForGood || IsUsedUp(wrong, locks),
            LockedUntil = until == now ? state.LockedUntil : Instant.Max(until, state.LockedUntil ?? until),
        };
    }

    private static bool IsUsedUp(IReadOnlyList<Instant> wrong, IReadOnlyList<Instant> locks) =>
        wrong.Count >= DayLimit || locks.Count >= LocksBeforeGood;

    private static Duration WaitAfter(int row, int locks) => row switch
    {
        < 3 => Duration.Zero,
        3 => Duration.FromSeconds(30),
        4 => Duration.FromMinutes(2),
        _ => locks < 2 ? Duration.FromMinutes(15) : Duration.FromHours(1),
    };

    private static IReadOnlyList<Instant> WithinDay(IEnumerable<Instant> times, Instant now) =>
        [.. times.Where(time => time > now - Day).Order().TakeLast(DayLimit)];
}
