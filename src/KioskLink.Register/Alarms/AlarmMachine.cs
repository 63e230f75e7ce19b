using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>
/// The alarms of one place as a pure machine: one fault is one alarm and at most one message, however often it is raised. A fault that
/// returns soon is joined, what hangs on another fault is its consequence, and what nobody looks after is escalated.
/// </summary>
internal static class AlarmMachine
{
    /// <summary>Takes an event.</summary>
    /// <param name="state">The place's state.</param>
    /// <param name="happened">What happens.</param>
    /// <param name="now">Now.</param>
    /// <param name="escalations">The minutes of every step of escalation, ascending.</param>
    /// <returns>The new state and what is to be told, in order.</returns>
    public static (PlaceState State, IReadOnlyList<AlarmMessage> Messages) Step(PlaceState state, AlarmEvent happened, Instant now, IReadOnlyList<int> escalations) =>
        AlarmTelling.Tell(
            happened switch
            {
                AlarmRaised raised => Raise(state, raised, now),
                AlarmCleared cleared => Clear(state, fault => fault.Subject == cleared.Subject, now),
                AlarmAcknowledged acknowledged => Acknowledge(state, acknowledged, now),
                _ => state,
            },
            now,
            escalations);

    private static PlaceState Raise(PlaceState state, AlarmRaised raised, Instant now)
    {
        state = Clear(state, fault => fault.Subject == raised.Subject && fault.Kind != raised.Kind, now);
        var known = state.Faults.Values.FirstOrDefault(fault => fault.Subject == raised.Subject && fault.Kind == raised.Kind);
        return known switch
        {
            null => state.Faults.Count < AlarmLimits.FaultsMax ? state.With(New(raised, now)) : state,
            { IsStanding: true } => state.With(known with { Sentence = raised.Sentence }),
            _ => state.With(Back(known, raised, now)),
        };
    }

    private static Fault New(AlarmRaised raised, Instant now) => new()
    {
        Id = raised.Id,
        Subject = raised.Subject,
        RootSubject = raised.RootSubject,
        Kind = raised.Kind,
        Sentence = raised.Sentence,
        IsHappening = raised.IsHappening,
        IsLate = raised.IsLate,
        RaisedAt = raised.At,
        AnnounceAt = now + SettleOf(raised),
    };

    // What was told to stand and was not told to be over goes on as it was.
    private static Fault Back(Fault fault, AlarmRaised raised, Instant now)
    {
        var back = fault with { Sentence = raised.Sentence, Raises = fault.Raises + 1, ClearedAt = null, TellClearAt = null, ParentId = "" };
        return fault.Told == Told.Raised ? back : back with
        {
            AnnounceAt = back.IsFlapping ? now : now + SettleOf(raised),
            AnnouncedAt = null,
            AcknowledgedBy = "",
            AcknowledgedAt = null,
            Note = "",
            EscalatedTo = 0,
        };
    }

    // After an outage the end of a fault may follow in the same delivery.
    private static Duration SettleOf(AlarmRaised raised) => raised.IsLate || AlarmKinds.IsPassing(raised.Kind) ? AlarmLimits.Settle : Duration.Zero;

    private static PlaceState Clear(PlaceState state, Func<Fault, bool> which, Instant now)
    {
        foreach (var fault in state.Faults.Values.Where(fault => fault.IsStanding && which(fault)))
        {
            state = Release(state.With(Over(fault, now)), fault.Id, now);
        }

        return state;
    }

    private static Fault Over(Fault fault, Instant now) => fault with
    {
        ClearedAt = now,
        ParentId = "",
        AnnounceAt = AlarmKinds.IsPassing(fault.Kind) ? null : fault.AnnounceAt,
        TellClearAt = fault.Told == Told.Raised ? now + (fault.IsFlapping ? AlarmLimits.FlapQuiet : AlarmLimits.ClearSettle) : null,
    };

    // What still stands without its root is a fault of its own, unless it ends as soon as the root did.
    private static PlaceState Release(PlaceState state, string parentId, Instant now)
    {
        foreach (var child in state.Faults.Values.Where(fault => fault.ParentId == parentId))
        {
            state = state.With(child with { ParentId = "", AnnounceAt = now + AlarmLimits.Settle });
        }

        return state;
    }

    private static PlaceState Acknowledge(PlaceState state, AlarmAcknowledged acknowledged, Instant now)
    {
        if (state.Faults.GetValueOrDefault(acknowledged.FaultId) is not { IsStanding: true, AcknowledgedAt: null } fault)
        {
            return state;
        }

        var taken = fault with { AcknowledgedBy = acknowledged.By, AcknowledgedAt = now, Note = acknowledged.Note };
        return state.With(fault.IsHappening ? taken with { ClearedAt = now, AnnounceAt = null } : taken);
    }
}
