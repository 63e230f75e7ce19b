using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Requests;

/// <summary>Every answer about a patron tells whose facts it rests on, their version and their age (DESIGN 4).</summary>
public sealed class AnswerTests
{
    [Fact]
    public async Task Reading_a_patron_or_bans()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", Wire.BanKind.Loan);
        var now = (Wire.Source.Register, register.Core.Log.Head.Version, new Duration());

        var patron = await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "10001" }, TestCall.Admin());
        var bans = await register.Bans.ListBans(new ListBansRequest(), TestCall.Admin());

        Assert.Equal(now, (patron.Source, patron.FactsVersion, patron.FactsAge));
        Assert.Equal(now, (bans.Source, bans.FactsVersion, bans.FactsAge));
    }

    [Fact]
    public async Task Storing_a_patron_or_card()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("10001", 1);
        var patron = (await register.Patrons.GetPatron(new GetPatronRequest { CustomerId = "10001" }, TestCall.Admin())).Patron;
        patron.Group = "home-service";

        var stored = await register.Patrons.UpsertPatron(new UpsertPatronRequest { Patron = patron }, TestCall.Admin());
        Assert.Equal((Wire.Source.Register, register.Core.Log.Head.Version, new Duration()), (stored.Source, stored.FactsVersion, stored.FactsAge));

        var issued = await register.Cards.IssueCard(
            new IssueCardRequest { CustomerId = "10001", Card = new Card { CardNumber = TestRegister.CardNumber(2) } }, TestCall.Admin());
        Assert.Equal((Wire.Source.Register, stored.FactsVersion + 1, new Duration()), (issued.Source, issued.FactsVersion, issued.FactsAge));
    }

    [Fact]
    public async Task Explaining_a_time_that_has_passed_names_the_version_of_that_time()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var (then, version) = (register.Now, register.Core.Log.Head.Version);
        register.Time.Advance(TimeSpan.FromHours(1));
        await register.BanAsync("10001", Wire.BanKind.Loan);

        var explained = await register.Access.ExplainAccess(
            new ExplainAccessRequest { BranchId = TestRegister.Main, DoorId = "front", CardNumber = card, At = Facts(then) }, TestCall.Admin());

        Assert.Equal((Wire.Source.Register, version, new Duration()), (explained.Decision.Source, explained.Decision.FactsVersion, explained.Decision.FactsAge));
    }

    private static Timestamp Facts(NodaTime.Instant at) => Register.Facts.WireTime.ToProto(at);
}
