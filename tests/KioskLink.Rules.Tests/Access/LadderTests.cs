using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using KioskLink.Rules.Tests.Branches;
using NodaTime;
using static KioskLink.Rules.Access.DecisionCode;
using static KioskLink.Rules.Tests.Access.Library;

namespace KioskLink.Rules.Tests.Access;

public class LadderTests
{
    private static readonly Closure Now = new(Noon, Noon + Duration.FromHours(1), "test");

    [Fact]
    public void A_patron_with_everything_in_order_gets_in_for_the_branchs_unlock_time()
    {
        var decision = AccessRules.Decide(Card, Door, PinResult.Right, Noon);
        Assert.Equal((Granted, Duration.FromSeconds(10), Language.Sv), (decision.Code, decision.UnlockFor, decision.Language));
        Assert.Equal(Duration.FromSeconds(4), AccessRules.Decide(Card, Door with { DoorId = "side" }, PinResult.Right, Noon).UnlockFor);
    }

    [Theory]
    [InlineData(2.0, 20, 8)]
    [InlineData(1.5, 15, 6)]
    public void Those_who_are_given_more_time_get_the_doors_time_as_often_as_the_branch_says(double times, int front, int side)
    {
        var door = Door.With(branch => branch with { ExtendedUnlock = times });
        var decision = AccessRules.Decide(Card with { ExtendedTime = true }, door, PinResult.Right, Noon);

        Assert.Equal((Granted, Duration.FromSeconds(front), true), (decision.Code, decision.UnlockFor, decision.ExtendedTime));
        Assert.Equal(Duration.FromSeconds(side), AccessRules.Decide(Card with { ExtendedTime = true }, door with { DoorId = "side" }, PinResult.Right, Noon).UnlockFor);
        Assert.Equal(Duration.FromSeconds(front), AccessRules.Decide(Badge(BadgeRole.Staff) with { ExtendedTime = true }, door, PinResult.Missing, Noon).UnlockFor);
        Assert.False(AccessRules.Decide(Card with { ExtendedTime = true, Lost = true }, door, PinResult.Right, Noon).ExtendedTime);
    }

    [Fact]
    public void The_rules_stand_in_the_order_of_the_design()
    {
        var (rules, _) = AccessRules.Explain(Card, Door, PinResult.Right, Noon);
        Assert.Equal(
            [
                NodeMisconfigured, Lockdown, Maintenance, BranchSuspended, OfflineRefused, ClockUntrusted, CardUnreadable, BadgeRefused,
                CardUnknown, OfflineNotCached, PinLocked, PinMissing, PinWrong, OfflineTooOld, CardLost, CardExpired, PatronRestricted,
                UseBan, SelfServiceBan, LoanBan, GroupNotAllowed, Underage, TermsNotAccepted, NotRegistered, FeesOverLimit, Closed,
                CapacityFull, AlarmArmed, AlreadyInside, Granted,
            ],
            rules.Select(rule => rule.Code));
    }

    [Fact]
    public void An_explanation_tells_of_every_rule_what_it_looked_at_and_which_one_decided()
    {
        var banned = Card with { Bans = [Ban(BanKind.Use)], Lost = true };
        var (rules, decision) = AccessRules.Explain(banned, Door, PinResult.Right, Noon);
        Assert.Equal([CardLost, UseBan], rules.Where(rule => !rule.Passed).Select(rule => rule.Code));
        Assert.Equal([CardLost], rules.Where(rule => rule.Decisive).Select(rule => rule.Code));
        Assert.Equal(CardLost, decision.Code);
        Assert.All(rules, rule => Assert.NotEmpty(rule.Detail));
    }

    [Fact]
    public void A_refusal_unlocks_for_no_time() =>
        Assert.Equal(Duration.Zero, AccessRules.Decide(Card with { Lost = true }, Door, PinResult.Right, Noon).UnlockFor);

    [Fact]
    public void A_branch_door_or_hours_that_are_not_configured_let_nobody_in()
    {
        Assert.Equal(NodeMisconfigured, Code(Card, Door with { Branch = null }));
        Assert.Equal(NodeMisconfigured, Code(Card, Door with { DoorId = "back" }));
        Assert.Equal(NodeMisconfigured, Code(Card, Door.With(b => b with { Hours = null })));
        Assert.Equal(NodeMisconfigured, Code(Badge(BadgeRole.Rescue), Door with { Branch = null }));
    }

    [Fact]
    public void Hours_that_the_register_has_not_confirmed_for_too_long_are_no_hours()
    {
        var door = Offline.With(b => b with { OfflineMaxAge = Duration.FromDays(30) });
        Assert.Equal(Granted, Code(Card, door with { Offline = new(true, Duration.FromDays(14)) }));
        Assert.Equal(NodeMisconfigured, Code(Card, door with { Offline = new(true, Duration.FromDays(14) + Duration.FromSeconds(1)) }));
    }

    [Fact]
    public void Lockdown_maintenance_and_suspension_close_the_door_while_they_last()
    {
        Assert.Equal(Lockdown, Code(Card, Door with { Lockdown = true }));
        Assert.Equal(Maintenance, Code(Card, Door.With(b => b with { Maintenance = [Now] })));
        Assert.Equal(BranchSuspended, Code(Card, Door.With(b => b with { Suspensions = [Now] })));
        Assert.Equal(Granted, Code(Card, Door.With(b => b with { Maintenance = [Now], Suspensions = [Now] }), now: Now.End));
        Assert.Equal(Granted, Code(Card, Door.With(b => b with { Maintenance = [Now] }), now: Noon - Duration.FromSeconds(1)));
    }

    [Fact]
    public void Without_the_register_the_branchs_policy_the_clock_and_the_age_of_the_facts_decide()
    {
        Assert.Equal(Granted, Code(Card, Offline));
        Assert.Equal(OfflineRefused, Code(Card, Offline.With(b => b with { OfflinePolicy = OfflinePolicy.FailClosed })));
        Assert.Equal(Granted, Code(Card, Door.With(b => b with { OfflinePolicy = OfflinePolicy.FailClosed })));
        Assert.Equal(ClockUntrusted, Code(Card, Offline with { Offline = new(false, Duration.Zero) }));
        Assert.Equal(Granted, Code(Card, Offline with { Offline = new(true, Duration.FromDays(7)) }));
        Assert.Equal(OfflineTooOld, Code(Card, Offline with { Offline = new(true, Duration.FromDays(7) + Duration.FromSeconds(1)) }));
    }

    [Fact]
    public void What_is_no_card_or_nobodys_card_is_said_so()
    {
        Assert.Equal(CardUnreadable, Code(new UnreadableCard(), pin: PinResult.Missing));
        Assert.Equal(CardUnknown, Code(new UnknownCard(), pin: PinResult.Wrong));
        Assert.Equal(OfflineNotCached, Code(new UnknownCard(), Offline, PinResult.Wrong));
    }

    [Theory]
    [InlineData(PinResult.Locked, PinLocked)]
    [InlineData(PinResult.Missing, PinMissing)]
    [InlineData(PinResult.Wrong, PinWrong)]
    public void Without_the_right_pin_the_card_tells_nothing(PinResult pin, DecisionCode expected)
    {
        Assert.Equal(expected, Code(Card with { Lost = true, Bans = [Ban(BanKind.Use)] }, pin: pin));
        Assert.Equal(Language.Unknown, AccessRules.Decide(Card, Door, pin, Noon).Language);
    }

    [Fact]
    public void A_locked_card_stays_shut_whatever_pin_is_claimed()
    {
        var locked = Card with { Guesses = new GuessState { LockedUntil = Noon + Duration.FromSeconds(1) } };
        Assert.Equal(PinLocked, Code(locked));
        Assert.Equal(PinLocked, Code(locked, pin: PinResult.Missing));
        Assert.Equal(PinWrong, Code(locked, pin: PinResult.Wrong));
        Assert.Equal(Granted, Code(locked, now: Noon + Duration.FromSeconds(1)));
        Assert.Equal(PinLocked, Code(Card with { Guesses = new GuessState { LockedForGood = true } }));
    }

    [Fact]
    public void Where_no_pin_is_required_a_card_is_enough_but_a_wrong_pin_is_still_wrong()
    {
        var door = Door.With(b => b with { PinRequired = false });
        Assert.Equal(Granted, Code(Card, door, PinResult.Missing));
        Assert.Equal(PinWrong, Code(Card, door, PinResult.Wrong));
        Assert.Equal(Language.Unknown, AccessRules.Decide(Card, door, PinResult.Missing, Noon).Language);
    }

    [Fact]
    public void A_card_is_valid_through_its_last_day_in_Helsinki()
    {
        var lastSecond = Instant.FromUtc(2026, 11, 21, 21, 59, 59);
        var allDay = Door.With(b => b with { Hours = Hours.AllDay() });
        foreach (var card in new[] { Card with { CardExpiresOn = Today }, Card with { CustomershipTo = Today } })
        {
            Assert.Equal(Granted, Code(card, allDay, now: lastSecond));
            Assert.Equal(CardExpired, Code(card, allDay, now: lastSecond + Duration.FromSeconds(1)));
        }

        Assert.Equal(CardExpired, Code(Card with { CustomershipFrom = Today.PlusDays(1) }, allDay, now: lastSecond));
        Assert.Equal(Granted, Code(Card with { CustomershipFrom = Today.PlusDays(1) }, allDay, now: lastSecond + Duration.FromSeconds(1)));
    }

    [Fact]
    public void A_lost_card_and_a_restricted_patron_are_refused()
    {
        Assert.Equal(CardLost, Code(Card with { Lost = true }));
        Assert.Equal(PatronRestricted, Code(Card with { Restricted = true }));
    }

    [Theory]
    [InlineData(BanKind.Use, UseBan)]
    [InlineData(BanKind.SelfService, SelfServiceBan)]
    [InlineData(BanKind.Loan, Granted)]
    public void A_ban_holds_at_its_branches_or_everywhere_even_offline(BanKind kind, DecisionCode expected)
    {
        Assert.Equal(expected, Code(Card with { Bans = [Ban(kind)] }));
        Assert.Equal(expected, Code(Card with { Bans = [Ban(kind, "FI-Lh-Mukkula", BranchId)] }, Offline));
        Assert.Equal(Granted, Code(Card with { Bans = [Ban(kind, "FI-Lh-Mukkula")] }));
    }

    [Fact]
    public void A_loan_ban_closes_the_door_only_where_the_profile_says_so() =>
        Assert.Equal(LoanBan, Code(Card with { Bans = [Ban(BanKind.Loan)] }, Door.With(b => b with { LoanBanBlocksDoor = true })));

    [Fact]
    public void A_ban_begins_and_ends_on_the_second()
    {
        var banned = Card with { Bans = [new BanFact(BanKind.Use, Noon, Noon + Duration.FromHours(1), [])] };
        Assert.Equal(Granted, Code(banned, now: Noon - Duration.FromSeconds(1)));
        Assert.Equal(UseBan, Code(banned, now: Noon));
        Assert.Equal(UseBan, Code(banned, now: Noon + Duration.FromMinutes(60) - Duration.FromSeconds(1)));
        Assert.Equal(Granted, Code(banned, now: Noon + Duration.FromHours(1)));
    }

    [Fact]
    public void A_group_must_be_allowed_by_name()
    {
        Assert.Equal(GroupNotAllowed, Code(Card with { Group = "community" }));
        Assert.Equal(GroupNotAllowed, Code(Card with { Group = "home-service" }));
        Assert.Equal(GroupNotAllowed, Code(Card with { Group = "child" }));
        Assert.Equal(Granted, Code(Card with { Group = "child", GuardianConsent = true }));
    }

    [Fact]
    public void The_minimum_age_is_reached_on_the_day_itself_and_consent_helps_where_it_suffices()
    {
        var young = Card with { AgeOkFrom = Today.PlusDays(1) };
        Assert.Equal(Granted, Code(Card with { AgeOkFrom = Today }));
        Assert.Equal(Underage, Code(young));
        Assert.Equal(Underage, Code(young with { GuardianConsent = true }));
        Assert.Equal(Granted, Code(young with { GuardianConsent = true }, Door.With(b => b with { MinorConsentSuffices = true })));
        Assert.Equal(Granted, Code(young, Door.With(b => b with { MinimumAge = 0 })));
    }

    [Fact]
    public void Terms_registration_and_fees_count_where_the_branch_wants_them()
    {
        Assert.Equal(TermsNotAccepted, Code(Card with { TermsAccepted = false }));
        Assert.Equal(Granted, Code(Card with { TermsAccepted = false }, Door.With(b => b with { TermsRequired = false })));
        Assert.Equal(Granted, Code(Card with { Registered = false }));
        Assert.Equal(NotRegistered, Code(Card with { Registered = false }, Door.With(b => b with { RegistrationRequired = true })));
        Assert.Equal(Granted, Code(Card with { FeesCents = 1_000_000 }));
        Assert.Equal(Granted, Code(Card with { FeesCents = 3000 }, Door.With(b => b with { MaxFeesCents = 3000 })));
        Assert.Equal(FeesOverLimit, Code(Card with { FeesCents = 3001 }, Door.With(b => b with { MaxFeesCents = 3000 })));
    }

    [Fact]
    public void A_closed_branch_names_its_next_opening()
    {
        var night = Instant.FromUtc(2026, 11, 21, 20, 0);
        var decision = AccessRules.Decide(Card, Door, PinResult.Right, night);
        Assert.Equal(Closed, decision.Code);
        Assert.Equal(Instant.FromUtc(2026, 11, 22, 4, 0), decision.NextOpening);
        Assert.Null(AccessRules.Decide(Card, Door, PinResult.Right, Noon).NextOpening);
    }

    [Fact]
    public void Full_premises_and_an_armed_alarm_keep_patrons_out()
    {
        var full = Door.With(b => b with { Capacity = 20 });
        Assert.Equal(CapacityFull, Code(Card, full with { PeopleInside = 20 }));
        Assert.Equal(Granted, Code(Card, full with { PeopleInside = 19 }));
        Assert.Equal(AlreadyInside, Code(Card, Door with { AlreadyInside = true }));
        Assert.Equal(AlarmArmed, Code(Card, Door with { AlarmArmed = true }));
    }

    [Fact]
    public void Staffed_hours_need_no_card_once_somebody_of_the_staff_is_there()
    {
        var afternoon = Instant.FromUtc(2026, 11, 21, 14, 0);
        Assert.Equal(Granted, Code(Card, now: afternoon));
        Assert.Equal(StaffedOpen, Code(Card, Door with { StaffPresent = true }, now: afternoon));
        Assert.Equal(StaffedOpen, Code(Card, Door.With(b => b with { FirstPersonIn = false }), now: afternoon));
        Assert.Equal(Granted, Code(Card, Door with { StaffPresent = true }, now: afternoon - Duration.FromSeconds(1)));
        Assert.Equal(UseBan, Code(Card with { Bans = [Ban(BanKind.Use)] }, Door with { StaffPresent = true }, now: afternoon));
    }
}
