using Grpc.Core;
using KioskLink.Protos.Register.V1;
using static KioskLink.Protos.Types.V1.DecisionCode;

namespace KioskLink.Register.Tests.Cards;

public sealed class CardServiceTests
{
    [Fact]
    public async Task A_card_of_another_patron_is_not_given_away()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        await register.PatronAsync("2", 2);

        await Refusals.RefusedAsync(StatusCode.AlreadyExists, "CARD_TAKEN", () => IssueAsync(register, "2", card));
    }

    [Fact]
    public async Task Issuing_the_same_card_again_changes_nothing_and_another_expiry_does()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        var version = register.Card(card).Version;

        await IssueAsync(register, "1", card);
        Assert.Equal(version, register.Card(card).Version);

        await IssueAsync(register, "1", card, expires: "2026-11-30");
        Assert.Equal(CardExpired, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task A_card_is_valid_through_its_last_day()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);
        await IssueAsync(register, "1", card, expires: "2026-12-01");

        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
        register.Time.Advance(TimeSpan.FromHours(12));
        Assert.Equal(CardExpired, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task A_lost_card_is_refused_until_it_is_found()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);

        await LostAsync(register, card, found: false);
        Assert.Equal(CardLost, (await register.EnterAsync(card)).Code);
        var version = register.Card(card).Version;
        await LostAsync(register, card, found: false);
        Assert.Equal(version, register.Card(card).Version);
        await LostAsync(register, card, found: true);
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
    }

    [Theory]
    [InlineData("123", "digits")]
    [InlineData("123456789", "digits")]
    [InlineData("12a4", "digits only")]
    [InlineData("1234", "tried first")]
    [InlineData("7777", "tried first")]
    [InlineData("0105", "date of birth")]
    [InlineData("", "missing")]
    public async Task A_pin_that_breaks_the_policy_is_refused_without_being_repeated(string pin, string why)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("1", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, why, () => register.Cards.SetPin(
            new SetPinRequest { CardNumber = card, Pin = TestRegister.Digits(pin), AttemptId = "a" }, TestCall.Admin()));
        Assert.Equal(Granted, (await register.EnterAsync(card)).Code);
    }

    [Fact]
    public async Task A_card_issued_with_its_pin_by_a_repeated_attempt_is_issued_once()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        IssueCardRequest Ask(string pin) => new()
        {
            CustomerId = "1",
            Card = new Card { CardNumber = TestRegister.CardNumber(2) },
            Pin = TestRegister.Digits(pin),
            AttemptId = "issue",
            DeviceId = "desk",
        };

        var first = await register.Cards.IssueCard(Ask("4711"), TestCall.Admin());
        var again = await register.Cards.IssueCard(Ask("9315"), TestCall.Admin());

        Assert.Equal(first, again);
        Assert.Equal(Granted, (await register.EnterAsync(TestRegister.CardNumber(2), "4711")).Code);
    }

    [Fact]
    public async Task A_wrong_check_digit_names_the_field()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "card.card_number", () => IssueAsync(register, "1", "24400000000018"));
        await Refusals.RefusedAsync(StatusCode.NotFound, "patron", () => IssueAsync(register, "9", TestRegister.CardNumber(9)));
    }

    private static async Task IssueAsync(TestRegister register, string customer, string card, string expires = "") => await register.Cards.IssueCard(
        new IssueCardRequest { CustomerId = customer, Card = new Card { CardNumber = card, ExpiresOn = expires } }, TestCall.Admin());

    private static async Task LostAsync(TestRegister register, string card, bool found) => await register.Cards.ReportCardLost(
        new ReportCardLostRequest { CardNumber = card, Found = found }, TestCall.Admin());
}
