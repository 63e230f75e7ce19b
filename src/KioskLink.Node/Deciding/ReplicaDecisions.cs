using KioskLink.Node.Clock;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Replica;
using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;
using KioskLink.Rules.Texts;
using NodaTime;

namespace KioskLink.Node.Deciding;

/// <summary>Decides presentations from the replica by the same rules as the register. Thread-safe.</summary>
internal sealed class ReplicaDecisions(NodeReplica replica, NodeSecrets secrets, NodeClock clock, PinCheck pins)
{
    private static readonly Duration AgeMax = Duration.FromDays(3650);

    /// <summary>Decides one presentation.</summary>
    public async Task<Verdict> DecideAsync(Presentation presentation, CardIdentity card)
    {
        var now = clock.Now;
        var holder = card.IsReadable ? replica.Find(card.Token) : new Holder(new UnreadableCard(), null, 0);
        var pin = await CheckPinAsync(presentation, card, holder);
        var age = Duration.Min(replica.AgeAt(now), AgeMax);
        var door = Situation(presentation, age);
        var (rules, decision) = AccessRules.Explain(holder.Facts, door, pin.Result ?? PinResult.Wrong, now);
        var text = PatronTexts.For(decision, door.Branch, presentation.Outdoors, offline: true, Fallback(door));
        return new Verdict
        {
            Decision = decision with { Language = text.Language },
            Source = DecisionSource.Replica,
            FactsVersion = Math.Max(holder.Version, replica.Mark.Version),
            FactsAge = age,
            Pin = pin.Result,
            GuessSpent = pin.GuessSpent,
            MessageKey = text.Key,
            Message = text.Text,
            Rules = rules,
        };
    }

    /// <summary>
    /// Decides once for nobody, everything sealed and hashed as for a patron, so that the first patron after a start waits no longer
    /// than the next. Nothing is kept.
    /// </summary>
    public async Task RehearseAsync()
    {
        const string noCard = "0";
        if (secrets is { Keys: { } keys, Envelopes: { } envelopes } && replica.Branch is { } branch)
        {
            CardToken.Of(keys.KCard, branch.Consortium, noCard);
            envelopes.Seal(noCard);
        }

        var nobody = new Presentation { AttemptId = "", DoorId = "", DeviceId = "", Card = noCard };
        await DecideAsync(nobody, CardIdentity.Of(nobody.Card, replica, secrets));
        await pins.WarmUpAsync();
    }

    // Badges and branches without PIN spend neither guess nor hash; a card that is no card has nothing to guess.
    private Task<PinOutcome> CheckPinAsync(Presentation presentation, CardIdentity card, Holder holder)
    {
        if (!card.IsReadable || holder.Facts is BadgeFacts || replica.Branch is not { PinRequired: true } branch)
            return Task.FromResult(new PinOutcome(presentation.Pin.Length == 0 ? PinResult.Missing : PinResult.Wrong, false));
        var guesses = holder.Facts is CardFacts facts ? facts.Guesses : GuessState.None;
        var keys = card.Token.Length > 0 ? secrets.Keys : null;
        return pins.RunAsync(presentation.DeviceId, card.Token, holder.Pin, presentation.Pin, keys, guesses, branch.OfflineGuesses);
    }

    private DoorSituation Situation(Presentation presentation, Duration age) => new()
    {
        Branch = replica.Branch,
        DoorId = presentation.DoorId,
        Offline = new OfflineSituation(clock.Trusted, age),
        Lockdown = presentation.Conditions.Lockdown,
        StaffPresent = presentation.Conditions.StaffPresent,
        PeopleInside = presentation.Conditions.PeopleInside,
        AlarmArmed = presentation.Conditions.AlarmArmed,
        AlreadyInside = presentation.Conditions.AlreadyInside,
    };

    private static Language Fallback(DoorSituation door) => door.Branch is { Languages: [var first, ..] } ? first : Language.Fi;
}
