using FsCheck;
using FsCheck.Fluent;
using KioskLink.Rules.Access;

namespace KioskLink.Rules.Tests.Access;

public class LadderProperties
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(5_000);

    [Fact]
    public void Explain_always_gives_the_decision_of_Decide() => Hold(entry =>
        AccessRules.Explain(entry.Facts, entry.Door, entry.Pin, entry.Now).Decision == entry.Decide());

    [Fact]
    public void The_first_failing_rule_in_declared_order_gives_the_code() => Hold(entry =>
    {
        var (rules, decision) = AccessRules.Explain(entry.Facts, entry.Door, entry.Pin, entry.Now);
        var codes = rules.Where(rule => !rule.Decisive || !rule.Passed).Select(rule => rule.Code).ToArray();
        var first = rules.FirstOrDefault(rule => !rule.Passed);
        return codes.SequenceEqual(codes.Order())
            && rules.Count(rule => rule.Decisive) == 1
            && decision.Code == (first ?? rules[^1]).Code
            && decision.Granted == first is null;
    });

    [Fact]
    public void A_ban_never_makes_anyone_more_allowed() =>
        Check.One(Thorough, Prop.ForAll(AnyEntry.Arbitrary, AnyEntry.AnyBan.ToArbitrary(), (entry, ban) =>
            entry.Facts is not CardFacts card
            || !(entry with { Facts = card with { Bans = [.. card.Bans, ban] } }).Decide().Granted
            || entry.Decide().Granted));

    [Fact]
    public void A_lost_expired_or_restricted_card_never_makes_anyone_more_allowed() => Hold(entry =>
        entry.Facts is not CardFacts card
        || new[] { card with { Lost = true }, card with { Restricted = true }, card with { CardExpiresOn = Library.Today.PlusDays(-1) } }
            .All(worse => !(entry with { Facts = worse }).Decide().Granted));

    [Fact]
    public void Without_the_right_pin_two_known_cards_cannot_be_told_apart() => Hold(entry =>
        entry.Pin == PinResult.Right || entry.Facts is not CardFacts card || entry.Door.Branch is { PinRequired: false }
        || (entry.Decide() with { Code = default }) == ((entry with { Facts = Library.Card with { Guesses = card.Guesses } }).Decide() with { Code = default }));

    [Fact]
    public void Only_a_grant_unlocks_and_every_grant_does() => Hold(entry =>
        entry.Decide() is var decision && decision.Granted == (decision.UnlockFor > NodaTime.Duration.Zero));

    [Fact]
    public void A_replica_with_fresh_facts_decides_like_the_register() => Hold(entry =>
    {
        var register = entry with { Door = entry.Door with { Offline = null } };
        var replica = entry with { Door = entry.Door with { Offline = new OfflineSituation(true, NodaTime.Duration.Zero) } };
        return entry.Facts is UnknownCard
            || entry.Door.Branch is { OfflinePolicy: not Rules.Branches.OfflinePolicy.Cached }
            || register.Decide() == replica.Decide();
    });

    [Fact]
    public void Every_code_of_the_ladder_is_reached()
    {
        var reached = AnyEntry.Arbitrary.Generator.Sample(20_000).Select(entry => entry.Decide().Code).ToHashSet();
        Assert.Equal(Enum.GetValues<DecisionCode>().Where(code => code != DecisionCode.None), reached.Order());
    }

    private static void Hold(Func<AnyEntry, bool> property) => Check.One(Thorough, Prop.ForAll(AnyEntry.Arbitrary, property));
}
