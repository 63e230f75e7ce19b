using System.Collections.Immutable;
using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>A pulse that an opener is to get.</summary>
/// <param name="Opener">The opener, from 0.</param>
/// <param name="At">When.</param>
/// <param name="IsForExit">Whether it is for somebody who leaves.</param>
public readonly record struct DuePulse(int Opener, Instant At, bool IsForExit);

/// <summary>
/// The openers of one door: which are to push its leaf, and when. None pushes against a bolt: one is told to only while the lock is surely open, no
/// longer than that, and stopped when it is locked. None moves while there is a fire. Immutable.
/// </summary>
/// <param name="Declared">The openers.</param>
public sealed record Openers(ImmutableArray<OpenerDeclaration> Declared)
{
    /// <summary>The shortest pulse that is worth giving.</summary>
    public static Duration ShortestPulse { get; } = Duration.FromMilliseconds(100);

    /// <summary>A door without openers.</summary>
    public static Openers None { get; } = new([]);

    /// <summary>The pulses to come, at most one of each kind for an opener: who is let in at an open door is let in by the same push.</summary>
    public ImmutableList<DuePulse> Due { get; private init; } = [];

    /// <summary>Until when the lock is open by the board's clock, which began with the command and not with its answer; null when it is not.</summary>
    public Instant? LockOpenUntil { get; private init; }

    /// <summary>Until when one pushes for somebody who was let in; null when none does.</summary>
    public Instant? PushesUntil { get; private init; }

    /// <summary>When the next pulse is due.</summary>
    public Instant? NextDue => Due.IsEmpty ? null : Due.Min(pulse => pulse.At);

    /// <summary>The lock has opened.</summary>
    /// <param name="until">Until when, counted from the command.</param>
    /// <param name="pushes">Whether the leaf is to be pushed: not for a lease of free hours, for which nobody stands at the door.</param>
    /// <param name="now">The time.</param>
    public Openers Unlocked(Instant until, bool pushes, Instant now)
    {
        var next = this with { LockOpenUntil = Instant.Max(until, LockOpenUntil ?? until) };
        return pushes ? next.Ask(isForExit: false, now) : next;
    }

    /// <summary>Somebody leaves by the exit button, whose wiring opens the lock.</summary>
    public Openers Left(Instant now) => Ask(isForExit: true, now);

    /// <summary>The lock is locked.</summary>
    /// <returns>The next state, and whether a push under way is to be stopped.</returns>
    public (Openers Next, bool Stops) Locked(Instant now) =>
        (this with { Due = Due.RemoveAll(pulse => !pulse.IsForExit), LockOpenUntil = null, PushesUntil = null }, PushesUntil > now);

    /// <summary>There is a fire: doors are left to those who leave, and to what closes them against smoke.</summary>
    /// <returns>The next state, and whether a push under way is to be stopped.</returns>
    public (Openers Next, bool Stops) Fire() => (this with { Due = [], PushesUntil = null }, !Declared.IsEmpty);

    /// <summary>Time passed: gives the pulses that are due; one whose door is locked by now is given to nobody.</summary>
    /// <param name="leavingUntil">Until when somebody is on the way out.</param>
    /// <param name="now">The time.</param>
    public (Openers Next, IReadOnlyList<PushDoor> Pushes) Elapse(Instant? leavingUntil, Instant now)
    {
        var (next, pushes) = (this, new List<PushDoor>());
        foreach (var pulse in Due.Where(pulse => pulse.At <= now))
        {
            next = next with { Due = next.Due.Remove(pulse) };
            if (Push(pulse, leavingUntil, now) is not { } push)
            {
                continue;
            }

            pushes.Add(push);
            next = pulse.IsForExit ? next : next with { PushesUntil = Instant.Max(now + push.For, next.PushesUntil ?? now) };
        }

        return (next, pushes);
    }

    private PushDoor? Push(DuePulse pulse, Instant? leavingUntil, Instant now)
    {
        var left = ((pulse.IsForExit ? leavingUntil : LockOpenUntil) ?? now) - now;
        return left < ShortestPulse ? null : new PushDoor(pulse.Opener, Duration.Min(Declared[pulse.Opener].Pulse, left));
    }

    private Openers Ask(bool isForExit, Instant now) => this with
    {
        Due = Due.AddRange(Enumerable.Range(0, Declared.Length)
            .Where(opener => (!isForExit || Declared[opener].OnExit) && !Due.Exists(pulse => pulse.Opener == opener && pulse.IsForExit == isForExit))
            .Select(opener => new DuePulse(opener, now + Declared[opener].Delay, isForExit))),
    };
}
