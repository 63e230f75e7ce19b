using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Facts;
using NodaTime;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Access;

public sealed class ExplainAccessTests
{
    [Fact]
    public async Task The_past_is_explained_with_the_facts_of_that_time()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        register.Time.Advance(TimeSpan.FromHours(1));
        var before = register.Now;
        register.Time.Advance(TimeSpan.FromHours(1));
        await register.BanAsync("10001", Wire.BanKind.SelfService);

        var (then, now) = (await ExplainAsync(register, card, before), await ExplainAsync(register, card, null));

        Assert.Equal((Granted, SelfServiceBan), (then.Decision.Code, now.Decision.Code));
        Assert.Equal(SelfServiceBan, Assert.Single(now.Rules, rule => rule.Decisive).Code);
        Assert.DoesNotContain(now.Rules, rule => rule.Detail.Contains(card, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_branchs_hours_are_those_of_the_time_too()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        register.Time.Advance(TimeSpan.FromHours(1));
        var before = register.Now;
        register.Time.Advance(TimeSpan.FromHours(1));
        var suspended = TestRegister.Branch(TestRegister.Main);
        suspended.Suspensions.Add(new Wire.Suspension { StartTime = (before - Duration.FromDays(1)).ToProto(), Reason = "renovation" });
        await register.ApplyAsync(suspended);

        Assert.Equal(Granted, (await ExplainAsync(register, card, before)).Decision.Code);
        Assert.Equal(BranchSuspended, (await ExplainAsync(register, card, null)).Decision.Code);
    }

    [Fact]
    public async Task A_future_ban_shows_when_the_time_asked_for_lies_in_it()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var tomorrow = register.Now + Duration.FromDays(1);
        await register.BanAsync("10001", Wire.BanKind.Use, ban => ban.StartTime = tomorrow.ToProto());

        Assert.Equal(Granted, (await ExplainAsync(register, card, null)).Decision.Code);
        Assert.Equal(UseBan, (await ExplainAsync(register, card, tomorrow)).Decision.Code);
        Assert.Equal(Granted, (await ExplainAsync(register, card, tomorrow + Duration.FromDays(30))).Decision.Code);
    }

    [Fact]
    public async Task Where_the_log_does_not_reach_nothing_is_made_up()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.OutOfRange, "LOG_TOO_SHORT", () => ExplainAsync(register, card, register.Now - Duration.FromDays(1)));
    }

    [Fact]
    public async Task A_patron_is_explained_by_the_newest_card()
    {
        await using var register = await TestRegister.StartAsync();
        var old = await register.PatronAsync("10001", 1);
        await register.PatronAsync("10001", 2);
        await register.Cards.ReportCardLost(new ReportCardLostRequest { CardNumber = old }, TestCall.Admin());
        var request = new ExplainAccessRequest { BranchId = TestRegister.Main, DoorId = "front", CustomerId = "10001" };

        Assert.Equal(Granted, (await register.Access.ExplainAccess(request, TestCall.Admin())).Decision.Code);
        Assert.Equal(CardLost, (await ExplainAsync(register, old, null)).Decision.Code);
    }

    [Fact]
    public async Task Unknown_cards_and_doors_are_not_found()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.NotFound, "card", () => ExplainAsync(register, TestRegister.CardNumber(9), null));
        await Refusals.RefusedAsync(StatusCode.NotFound, "door", () => ExplainAsync(register, card, null, door: "back"));
    }

    private static Task<ExplainAccessResponse> ExplainAsync(TestRegister register, string card, Instant? at, string door = "front") =>
        Task.Run(() => register.Access.ExplainAccess(
            new ExplainAccessRequest { BranchId = TestRegister.Main, DoorId = door, CardNumber = card, At = at?.ToProto() }, TestCall.Admin()));
}
