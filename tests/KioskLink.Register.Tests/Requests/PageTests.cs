using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Requests;

/// <summary>Lists in pages: nothing twice, nothing missed, and a token of somewhere else is refused.</summary>
public sealed class PageTests
{
    [Fact]
    public async Task A_ban_that_is_added_between_two_pages_puts_none_on_both()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var bans = new List<string>();
        for (var n = 0; n < 5; n++)
        {
            bans.Insert(0, (await register.BanAsync("10001", Wire.BanKind.Loan, ban => OnDay(register, ban, n))).Ban.Id);
            register.Time.Advance(TimeSpan.FromSeconds(n % 2));
        }

        var first = await ListAsync(register, "", 2);
        await register.BanAsync("10001", Wire.BanKind.Loan, ban => OnDay(register, ban, 9));
        var second = await ListAsync(register, first.NextPageToken, 2);
        var third = await ListAsync(register, second.NextPageToken, 2);

        Assert.Equal("", third.NextPageToken);
        Assert.Equal(bans.Order(), first.Bans.Concat(second.Bans).Concat(third.Bans).Select(ban => ban.Id).Order());
    }

    private static void OnDay(TestRegister register, Ban ban, int day)
    {
        ban.StartTime = Register.Facts.WireTime.ToProto(register.Now + Duration.FromDays(2 * day));
        ban.EndTime = Register.Facts.WireTime.ToProto(register.Now + Duration.FromDays((2 * day) + 1));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("99999999999999999999")]
    [InlineData("1.")]
    [InlineData("FI-Main")]
    public async Task A_token_of_somewhere_else_is_refused(string token)
    {
        await using var register = await TestRegister.StartAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", () => ListAsync(register, token, 2));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_token", () =>
            Task.FromResult(register.Service<AttemptPages>().List(new ListAttemptsRequest { PageToken = token }, TestCall.Admin().Caller())));
    }

    [Fact]
    public async Task A_page_of_negative_size_is_refused_in_every_list()
    {
        await using var register = await TestRegister.StartAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_size", () => ListAsync(register, "", -1));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_size", () =>
            Task.FromResult(register.Service<NodeList>().Page(new ListNodesRequest { PageSize = -1 })));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_size", () =>
            register.Branches.ListBranches(new ListBranchesRequest { PageSize = -1 }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "page_size", () =>
            register.Permissions.ListBadges(new ListBadgesRequest { PageSize = -1 }, TestCall.Admin()));
    }

    private static Task<ListBansResponse> ListAsync(TestRegister register, string token, int size) =>
        register.Bans.ListBans(new ListBansRequest { PageToken = token, PageSize = size }, TestCall.Admin());
}
