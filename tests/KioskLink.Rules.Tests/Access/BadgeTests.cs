using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Tests.Branches;
using NodaTime;
using static KioskLink.Rules.Access.DecisionCode;
using static KioskLink.Rules.Tests.Access.Library;

namespace KioskLink.Rules.Tests.Access;

public class BadgeTests
{
    public static TheoryData<DecisionCode, BadgeRole[]> Passes => new()
    {
        { Lockdown, [BadgeRole.Rescue, BadgeRole.Guard] },
        { Maintenance, [BadgeRole.Rescue, BadgeRole.Guard, BadgeRole.Staff] },
        { BranchSuspended, [BadgeRole.Rescue, BadgeRole.Guard, BadgeRole.Staff] },
        { OfflineRefused, Enum.GetValues<BadgeRole>() },
        { ClockUntrusted, Enum.GetValues<BadgeRole>() },
        { OfflineTooOld, Enum.GetValues<BadgeRole>() },
        { Closed, Enum.GetValues<BadgeRole>() },
    };

    [Theory]
    [MemberData(nameof(Passes))]
    public void A_badge_passes_by_its_role(DecisionCode obstacle, BadgeRole[] passing)
    {
        var (door, now) = Behind(obstacle);
        Assert.Equal(obstacle, Code(Card, door, now: now));
        foreach (var role in Enum.GetValues<BadgeRole>())
        {
            Assert.Equal(passing.Contains(role) ? GrantedBadge : obstacle, Code(Badge(role), door, PinResult.Missing, now));
        }
    }

    [Theory]
    [InlineData(Lockdown)]
    [InlineData(Maintenance)]
    [InlineData(BranchSuspended)]
    public void A_badge_of_another_branch_is_to_the_register_what_it_is_to_a_node_that_does_not_hold_it(DecisionCode obstacle)
    {
        var (door, now) = Behind(obstacle);
        var withoutHours = door.With(b => b with { Hours = null });
        var elsewhere = Badge(BadgeRole.Cleaner) with { BranchIds = ["FI-Lh-Mukkula"] };

        var atNode = Code(new UnknownCard(), withoutHours with { Offline = Offline.Offline }, PinResult.Missing, now);

        Assert.Equal((NodeMisconfigured, NodeMisconfigured), (Code(elsewhere, withoutHours, PinResult.Missing, now), atNode));
        Assert.Equal(obstacle, Code(Badge(BadgeRole.Cleaner), withoutHours, PinResult.Missing, now));
    }

    [Fact]
    public void A_badge_needs_no_pin_and_is_not_counted() =>
        Assert.Equal(GrantedBadge, Code(
            Badge(BadgeRole.Cleaner), Door.With(b => b with { Capacity = 1 }) with { PeopleInside = 5, AlarmArmed = true, AlreadyInside = true }, PinResult.Missing));

    [Fact]
    public void A_badge_does_not_wait_for_the_branchs_hours()
    {
        Assert.Equal(GrantedBadge, Code(Badge(BadgeRole.Cleaner), Door.With(b => b with { Hours = null })));
        Assert.Equal(GrantedBadge, Code(Badge(BadgeRole.Staff), Offline with { Offline = new(true, Duration.FromDays(400)) }));
    }

    [Fact]
    public void A_badge_is_refused_when_revoked_expired_or_used_elsewhere()
    {
        var badge = Badge(BadgeRole.Guard);
        Assert.Equal(GrantedBadge, Code(badge with { ExpiresOn = Today, BranchIds = [BranchId], DoorIds = ["front"] }));
        Assert.Equal(BadgeRefused, Code(badge with { Revoked = true }));
        Assert.Equal(BadgeRefused, Code(badge with { ExpiresOn = Today.PlusDays(-1) }));
        Assert.Equal(BadgeRefused, Code(badge with { BranchIds = ["FI-Lh-Mukkula"] }));
        Assert.Equal(BadgeRefused, Code(badge with { DoorIds = ["side"] }));
    }

    [Fact]
    public void A_badge_has_a_schedule_of_its_own()
    {
        var cleaner = Badge(BadgeRole.Cleaner) with { Schedule = Hours.EveryDay(Hours.P("22:00", "02:00", PeriodKind.SelfService)) };
        Assert.Equal(BadgeRefused, Code(cleaner));
        Assert.Equal(GrantedBadge, Code(cleaner, now: Instant.FromUtc(2026, 11, 21, 23, 0)));
    }

    [Fact]
    public void A_refused_badge_stays_refused_in_lockdown_and_outage() =>
        Assert.Equal(BadgeRefused, Code(Badge(BadgeRole.Rescue) with { Revoked = true }, Offline with { Lockdown = true }));

    private static (DoorSituation Door, Instant Now) Behind(DecisionCode obstacle)
    {
        Closure now = new(Noon, null, "test");
        return obstacle switch
        {
            Lockdown => (Door with { Lockdown = true }, Noon),
            Maintenance => (Door.With(b => b with { Maintenance = [now] }), Noon),
            BranchSuspended => (Door.With(b => b with { Suspensions = [now] }), Noon),
            OfflineRefused => (Offline.With(b => b with { OfflinePolicy = OfflinePolicy.FailClosed }), Noon),
            ClockUntrusted => (Offline with { Offline = new(false, Duration.Zero) }, Noon),
            OfflineTooOld => (Offline with { Offline = new(true, Duration.FromDays(8)) }, Noon),
            _ => (Door, Noon + Duration.FromHours(10)),
        };
    }
}
