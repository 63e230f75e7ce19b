using KioskLink.Node.Deciding;
using KioskLink.Node.Hosting;
using KioskLink.Node.Outage;
using KioskLink.Node.Technician;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using static KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Desk;

/// <summary>
/// Looks a card up for staff at the desk: by the rules about the person, from the facts that this node holds, and only from them. A card that
/// it does not hold is not known here, which is no word about the card. No PIN, no decision, no visit. Thread-safe.
/// </summary>
internal sealed class DeskCheck(NodeParts parts)
{
    private static readonly DecisionCode[] AboutThePerson = [OfflineRefused, ClockUntrusted, OfflineTooOld, CardLost, CardExpired, PatronRestricted, UseBan, SelfServiceBan, LoanBan];
    private static readonly DecisionCode[] Doubts = [OfflineRefused, ClockUntrusted, OfflineTooOld];

    /// <summary>Looks a card up.</summary>
    /// <param name="number">As it was typed or scanned.</param>
    public DeskAnswer Look(string number)
    {
        var card = CardIdentity.Of(number, parts.Replica, parts.Secrets);
        var now = parts.Clock.Now;
        var age = parts.Replica.AsOf is null ? (Duration?)null : parts.Replica.AgeAt(now);
        var (code, tone) = Judge(card, age, now);
        return new DeskAnswer($"desk.{code}", tone, age is { } known ? Figures.Age(known.ToTimeSpan()) : "", CardEnding.Of(number));
    }

    private (DecisionCode Code, string Tone) Judge(CardIdentity card, Duration? age, Instant now)
    {
        if (!card.IsReadable)
            return (CardUnreadable, "warn");
        if (parts.Replica.Branch is not { } branch || age is not { } known || parts.Replica.Find(card.Token).Facts is not CardFacts facts)
            return (OfflineNotCached, "warn");
        var counter = new DoorSituation { Branch = WithoutDoor(branch), DoorId = "", Offline = new OfflineSituation(parts.Clock.Trusted, known) };
        var (rules, _) = AccessRules.Explain(facts, counter, PinResult.Missing, now);
        var failed = rules.FirstOrDefault(rule => !rule.Passed && AboutThePerson.Contains(rule.Code))?.Code;
        return failed is { } code ? (code, Doubts.Contains(code) ? "warn" : "bad") : (Granted, "good");
    }

    private static BranchPolicy WithoutDoor(BranchPolicy branch) => branch with { PinRequired = false, LoanBanBlocksDoor = true };
}
