using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Rules.Access;

/// <summary>
/// The one rule engine: register and nodes decide with it, so that online and offline answers are equal by construction.
/// Pure and thread-safe.
/// </summary>
public static class AccessRules
{
    /// <summary>Decides whether a door opens: the first failing rule gives the code.</summary>
    public static Decision Decide(Facts facts, DoorSituation door, PinResult pin, Instant now)
    {
        var attempt = new EntryAttempt(facts, door, pin, now);
        foreach (var rule in AccessLadder.Rules)
        {
            if (rule.Fails(attempt))
            {
                return Deny(attempt, rule.Code);
            }
        }

        return Grant(attempt);
    }

    /// <summary>Decides, and tells of every rule what it said; the last line is the grant, where there is one.</summary>
    public static (IReadOnlyList<RuleOutcome> Rules, Decision Decision) Explain(Facts facts, DoorSituation door, PinResult pin, Instant now)
    {
        var attempt = new EntryAttempt(facts, door, pin, now);
        var outcomes = new List<RuleOutcome>(AccessLadder.Rules.Count + 1);
        DecisionCode? denial = null;
        foreach (var rule in AccessLadder.Rules)
        {
            var fails = rule.Fails(attempt);
            outcomes.Add(new RuleOutcome(rule.Code, !fails, fails && denial is null, rule.Detail(attempt)));
            denial ??= fails ? rule.Code : null;
        }

        if (denial is { } code)
        {
            return (outcomes, Deny(attempt, code));
        }

        var decision = Grant(attempt);
        outcomes.Add(new RuleOutcome(decision.Code, Passed: true, Decisive: true, "no rule failed"));
        return (outcomes, decision);
    }

    private static Decision Deny(EntryAttempt attempt, DecisionCode code) =>
        new(code, Duration.Zero, LanguageOf(attempt, code), code == DecisionCode.Closed ? NextOpening(attempt) : null) { Pin = attempt.Pin };

    private static Decision Grant(EntryAttempt attempt)
    {
        var code = attempt.Badge is not null ? DecisionCode.GrantedBadge
            : attempt.IsDoorFree ? DecisionCode.StaffedOpen
            : DecisionCode.Granted;
        var unlockFor = attempt.DoorPolicy?.UnlockFor ?? attempt.Branch?.UnlockFor ?? Duration.Zero;
        var isExtended = attempt.Card is { ExtendedTime: true } || attempt.Badge is { ExtendedTime: true };
        var times = isExtended ? attempt.Branch?.ExtendedUnlock ?? 1 : 1;
        return new Decision(code, unlockFor * times, LanguageOf(attempt, code), null) { ExtendedTime = isExtended, Pin = attempt.Pin };
    }

    private static Instant? NextOpening(EntryAttempt attempt) =>
        attempt.Branch?.Hours is { } hours ? OpeningCalendar.NextOpening(hours, attempt.Now) : null;

    // Until the PIN is proven, and where the rules before it decide, nothing may depend on the card.
    private static Language LanguageOf(EntryAttempt attempt, DecisionCode code) =>
        attempt.IsProven && code > DecisionCode.PinWrong && attempt.Card is { } card ? card.Language : Language.Unknown;
}
