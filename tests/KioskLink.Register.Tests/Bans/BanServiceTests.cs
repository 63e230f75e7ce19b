using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using NodaTime;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Bans;

public sealed class BanServiceTests
{
    [Theory]
    [InlineData(Wire.BanKind.Use, UseBan)]
    [InlineData(Wire.BanKind.SelfService, SelfServiceBan)]
    [InlineData(Wire.BanKind.Loan, Granted)]
    public async Task A_ban_holds_at_the_door_when_the_call_returns_and_ends_when_it_is_lifted(Wire.BanKind kind, Wire.DecisionCode banned)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        var added = await register.BanAsync("10001", kind);
        Assert.Equal(banned, (await register.EnterAsync(card)).Code);
        Assert.Equal(added.Version, register.Core.Log.ReadAfter(added.Version - 1, 1)![0].Version);

        var lifted = await LiftAsync(register, "10001", kind);
        Assert.Equal(added.Ban.Id, Assert.Single(lifted.Bans).Id);
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        Assert.Empty((await LiftAsync(register, "10001", kind)).Bans);
    }

    [Fact]
    public async Task A_loan_ban_closes_the_door_where_the_branch_says_so()
    {
        await using var register = await TestRegister.StartAsync();
        var branch = TestRegister.Branch(TestRegister.Main);
        branch.LoanBanBlocksDoor = true;
        await register.ApplyAsync(branch);
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Loan);

        Assert.Equal(LoanBan, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task A_use_ban_without_an_end_lasts_thirty_days_and_may_not_last_longer()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        var ban = (await register.BanAsync("10001", Wire.BanKind.Use)).Ban;

        Assert.Equal(Duration.FromDays(30), ban.EndTime.FromProto() - ban.StartTime.FromProto());
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.end_time", () => register.BanAsync(
            "10001", Wire.BanKind.Use, longer => longer.EndTime = (register.Now + Duration.FromDays(30) + Duration.FromMilliseconds(1)).ToProto()));
    }

    [Fact]
    public async Task A_use_ban_is_for_a_library_of_its_own()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.branch_ids", () =>
            register.BanAsync("10001", Wire.BanKind.Use, ban => ban.BranchIds.Clear()));
        await register.BanAsync("10001", Wire.BanKind.Use);

        Assert.Equal(UseBan, (await register.EnterAsync(card)).Code);
        Assert.Equal(Granted, (await register.EnterAsync(card, call: TestCall.Node("other", TestRegister.Other))).Code);
    }

    [Fact]
    public async Task A_ban_starts_and_ends_by_the_clock_alone()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.SelfService, ban =>
        {
            ban.StartTime = (register.Now + Duration.FromHours(1)).ToProto();
            ban.EndTime = (register.Now + Duration.FromHours(2)).ToProto();
        });

        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(SelfServiceBan, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromHours(1));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task Impossible_bans_name_their_field()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => register.BanAsync("nobody", Wire.BanKind.Loan));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.kind", () => register.BanAsync("10001", Wire.BanKind.Unspecified));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.branch_ids", () =>
            register.BanAsync("10001", Wire.BanKind.Loan, ban => ban.BranchIds.Add("FI-Nowhere")));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "ban.end_time", () =>
            register.BanAsync("10001", Wire.BanKind.Loan, ban => ban.EndTime = (register.Now - Duration.FromDays(1)).ToProto()));
    }

    [Fact]
    public async Task Lists_page_and_hide_what_is_over_unless_asked()
    {
        await using var register = await TestRegister.StartAsync();
        for (var n = 1; n <= 3; n++)
        {
            await register.PatronAsync($"1000{n}", n);
            await register.BanAsync($"1000{n}", Wire.BanKind.Loan);
            register.Time.Advance(TimeSpan.FromSeconds(1));
        }

        await register.BanAsync("10001", Wire.BanKind.Use, ban => ban.EndTime = (register.Now + Duration.FromMinutes(1)).ToProto());
        register.Time.Advance(TimeSpan.FromMinutes(1));

        var first = await ListAsync(register, request => request.PageSize = 2);
        var second = await ListAsync(register, request => (request.PageSize, request.PageToken) = (2, first.NextPageToken));

        Assert.Equal((2, 1, ""), (first.Bans.Count, second.Bans.Count, second.NextPageToken));
        Assert.Equal(4, (await ListAsync(register, request => request.IncludePast = true)).Bans.Count);
        Assert.Empty((await ListAsync(register, request => request.CustomerId = "nobody")).Bans);
    }

    [Fact]
    public async Task The_reach_of_a_ban_counts_no_node_where_there_is_none()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var version = (await register.BanAsync("10001", Wire.BanKind.Loan)).Version;

        var reach = await register.Bans.GetReach(new GetReachRequest { Version = version }, TestCall.Admin());

        Assert.Equal((0, 0), (reach.ConfirmedNodes, reach.TotalNodes));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "version", () =>
            Task.Run(() => register.Bans.GetReach(new GetReachRequest { Version = version + 1 }, TestCall.Admin())));
    }

    private static Task<LiftBanResponse> LiftAsync(TestRegister register, string customer, Wire.BanKind kind) => register.Bans.LiftBan(
        new LiftBanRequest { PatronBans = new PatronBans { CustomerId = customer, Kind = kind }, Reason = "appeal" }, TestCall.Admin());

    private static Task<ListBansResponse> ListAsync(TestRegister register, Action<ListBansRequest> change)
    {
        var request = new ListBansRequest();
        change(request);
        return register.Bans.ListBans(request, TestCall.Admin());
    }
}
