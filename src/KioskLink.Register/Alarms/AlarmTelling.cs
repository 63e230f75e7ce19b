using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>What is to be told of a place's faults at a time, and what is forgotten. Pure.</summary>
internal static class AlarmTelling
{
    /// <summary>Tells what is due.</summary>
    public static (PlaceState State, IReadOnlyList<AlarmMessage> Messages) Tell(PlaceState state, Instant now, IReadOnlyList<int> escalations)
    {
        var messages = new List<AlarmMessage>();
        state = Forget(state, now);
        foreach (var id in state.RootsFirst().Select(fault => fault.Id))
        {
            state = Announce(state, state.Faults[id], now, messages);
            state = TellEnd(state, state.Faults[id], now, messages);
            state = Escalate(state, state.Faults[id], now, escalations, messages);
        }

        return (state, messages);
    }

    /// <summary>When something is due next; null when nothing is.</summary>
    public static Instant? NextDue(PlaceState state, IReadOnlyList<int> escalations) =>
        state.Faults.Values.SelectMany(fault => Dues(fault, escalations)).Min();

    private static IEnumerable<Instant?> Dues(Fault fault, IReadOnlyList<int> escalations)
    {
        yield return fault.AnnounceAt;
        yield return fault.TellClearAt;
        if (fault.IsStanding && fault.IsHappening) yield return fault.RaisedAt + AlarmLimits.HappeningKept;
        if (fault.ClearedAt is { } cleared && fault is { AnnounceAt: null, TellClearAt: null }) yield return cleared + AlarmLimits.FlapWindow;
        if (NextStep(fault, escalations) is { } minutes) yield return fault.AnnouncedAt + Duration.FromMinutes(minutes);
    }

    private static PlaceState Announce(PlaceState state, Fault fault, Instant now, List<AlarmMessage> messages)
    {
        if (fault.AnnounceAt is not { } due || due > now)
        {
            return state;
        }

        if (RootOf(state, fault) is { } root)
        {
            return state.With(fault with { AnnounceAt = null, ParentId = root.Id });
        }

        var budget = state.Budget.At(now);
        if (budget.Sent >= AlarmLimits.MessagesMax)
        {
            if (budget.Held == 0) messages.Add(new AlarmMessage(AlarmMessageKind.Many, fault, []));
            return state.With(fault with { AnnounceAt = null }) with { Budget = budget with { Held = budget.Held + 1 } };
        }

        var joined = state.Faults.Values.Where(other => HangsOn(other, fault)).ToList();
        var told = fault with { AnnounceAt = null, AnnouncedAt = now, Told = fault.IsStanding ? Told.Raised : Told.Cleared };
        messages.Add(new AlarmMessage(fault.Told == Told.Cleared ? AlarmMessageKind.Again : AlarmMessageKind.Raised, told, [.. joined.Select(one => one.Subject)]));
        state = state.With(told) with { Budget = budget with { Sent = budget.Sent + 1 } };
        return joined.Aggregate(state, (after, one) => after.With(one with { AnnounceAt = null, ParentId = fault.Id }));
    }

    // A fault of a connection hangs on the silence of its node, on the fault of what it is connected by, and on the first of its like there.
    private static Fault? RootOf(PlaceState state, Fault fault) => !fault.IsStanding || !AlarmKinds.IsPassing(fault.Kind) ? null : state.Faults.Values
        .FirstOrDefault(other => other.Id != fault.Id && other is { IsStanding: true, ParentId: "" } && IsRoot(other, fault));

    private static bool IsRoot(Fault root, Fault fault) => root.Kind == AlarmKind.NodeSilent
        || (root.Subject == fault.RootSubject && AlarmKinds.IsPassing(root.Kind))
        || (IsLike(root, fault) && root.Told == Told.Raised);

    private static bool HangsOn(Fault fault, Fault root) =>
        fault.Id != root.Id && root.IsStanding && fault is { IsStanding: true, ParentId: "" } && fault.Told != Told.Raised && AlarmKinds.IsPassing(fault.Kind)
        && AlarmKinds.IsPassing(root.Kind) && (root.Kind == AlarmKind.NodeSilent || root.Subject == fault.RootSubject || IsLike(root, fault));

    private static bool IsLike(Fault one, Fault other) => one.RootSubject.Length > 0 && one.RootSubject == other.RootSubject && one.Kind == other.Kind;

    private static PlaceState TellEnd(PlaceState state, Fault fault, Instant now, List<AlarmMessage> messages)
    {
        if (fault is { IsStanding: true, IsHappening: true } && fault.RaisedAt + AlarmLimits.HappeningKept <= now)
        {
            return state.With(fault with { ClearedAt = now });
        }

        if (fault.TellClearAt is not { } due || due > now)
        {
            return state;
        }

        var told = fault with { TellClearAt = null, Told = Told.Cleared };
        messages.Add(new AlarmMessage(AlarmMessageKind.Cleared, told, []));
        return state.With(told);
    }

    private static PlaceState Escalate(PlaceState state, Fault fault, Instant now, IReadOnlyList<int> escalations, List<AlarmMessage> messages)
    {
        while (NextStep(fault, escalations) is { } minutes && fault.AnnouncedAt + Duration.FromMinutes(minutes) <= now)
        {
            fault = fault with { EscalatedTo = minutes };
            messages.Add(new AlarmMessage(AlarmMessageKind.Escalated, fault, [], minutes));
            state = state.With(fault);
        }

        return state;
    }

    private static int? NextStep(Fault fault, IReadOnlyList<int> escalations)
    {
        if (fault is not { IsStanding: true, Told: Told.Raised, ParentId: "", AcknowledgedAt: null, AnnouncedAt: not null }) return null;
        foreach (var minutes in escalations)
        {
            if (minutes > fault.EscalatedTo) return minutes;
        }

        return null;
    }

    // Before what is told now: that is kept once more.
    private static PlaceState Forget(PlaceState state, Instant now) => state with
    {
        Faults = state.Faults.RemoveRange(state.Faults.Values
            .Where(fault => fault is { AnnounceAt: null, TellClearAt: null } && fault.ClearedAt + AlarmLimits.FlapWindow <= now)
            .Select(fault => fault.Id)),
    };
}
