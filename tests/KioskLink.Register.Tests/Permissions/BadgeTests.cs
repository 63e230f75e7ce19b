using Grpc.Core;
using KioskLink.Protos.Register.V1;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Permissions;

public sealed class BadgeTests
{
    [Fact]
    public async Task A_revoked_badge_is_refused()
    {
        await using var register = await TestRegister.StartAsync();
        await PutAsync(register, Guard(), TestRegister.CardNumber(1));
        var revoked = Guard();
        revoked.Revoked = true;

        await PutAsync(register, revoked);

        Assert.Equal(BadgeRefused, (await register.EnterAsync(TestRegister.CardNumber(1), pin: "")).Code);
    }

    [Fact]
    public async Task The_same_badge_again_changes_nothing_and_a_new_card_replaces_the_old_one()
    {
        await using var register = await TestRegister.StartAsync();
        var first = await PutAsync(register, Guard(), TestRegister.CardNumber(1));
        var again = await PutAsync(register, Guard(), TestRegister.CardNumber(1));
        await PutAsync(register, Guard(), TestRegister.CardNumber(2));

        Assert.Equal(first.Version, again.Version);
        Assert.Equal(CardUnknown, (await register.EnterAsync(TestRegister.CardNumber(1), pin: "0001")).Code);
        Assert.Equal(GrantedBadge, (await register.EnterAsync(TestRegister.CardNumber(2), pin: "")).Code);
    }

    [Fact]
    public async Task A_card_is_a_patrons_or_a_badges_and_never_both()
    {
        await using var register = await TestRegister.StartAsync();
        var patrons = await register.PatronAsync("10001", 1);
        await PutAsync(register, Guard(), TestRegister.CardNumber(2));

        await Refusals.RefusedAsync(StatusCode.AlreadyExists, "CARD_TAKEN", () => PutAsync(register, Guard("guard-2"), patrons));
        await Refusals.RefusedAsync(StatusCode.AlreadyExists, "CARD_TAKEN", () => register.PatronAsync("10002", 2));
    }

    [Fact]
    public async Task Each_impossible_value_names_its_field()
    {
        await using var register = await TestRegister.StartAsync();
        var elsewhere = Guard();
        elsewhere.BranchIds.Add("FI-Nowhere");

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "card_number", () => PutAsync(register, Guard()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "card_number", () => PutAsync(register, Guard(), "123"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "badge.badge_ref", () => PutAsync(register, Guard(""), TestRegister.CardNumber(1)));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "badge.branch_ids", () => PutAsync(register, elsewhere, TestRegister.CardNumber(1)));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "badge.role", () =>
            PutAsync(register, new Wire.Badge { BadgeRef = "x" }, TestRegister.CardNumber(1)));
    }

    [Fact]
    public async Task Badges_are_listed_without_tokens_or_numbers()
    {
        await using var register = await TestRegister.StartAsync();
        await PutAsync(register, Guard(), TestRegister.CardNumber(1));

        var listed = await register.Permissions.ListBadges(new ListBadgesRequest(), TestCall.Admin());

        Assert.Equal(Guard(), Assert.Single(listed.Badges));
    }

    private static Wire.Badge Guard(string reference = "guard-1") => new() { BadgeRef = reference, Role = Wire.BadgeRole.Guard };

    private static Task<UpsertBadgeResponse> PutAsync(TestRegister register, Wire.Badge badge, string card = "") =>
        register.Permissions.UpsertBadge(new UpsertBadgeRequest { Badge = badge, CardNumber = card }, TestCall.Admin());
}
