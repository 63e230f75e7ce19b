using Grpc.Core;
using KioskLink.Protos.Register.V1;
using static KioskLink.Protos.Types.V1.DecisionCode;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Access;

public sealed class VerifyCredentialsTests
{
    [Fact]
    public async Task Card_and_pin_that_belong_together_are_valid_and_name_an_opaque_patron()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        var (right, wrong) = (await VerifyAsync(register, card), await VerifyAsync(register, card, pin: "0001"));

        Assert.Equal((true, Granted), (right.Valid, right.Reason));
        Assert.DoesNotContain("10001", right.PatronRef, StringComparison.Ordinal);
        Assert.Equal((false, PinWrong, ""), (wrong.Valid, wrong.Reason, wrong.PatronRef));
    }

    [Fact]
    public async Task An_empty_pin_is_refused_before_anything_else()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        Assert.Equal(PinMissing, (await VerifyAsync(register, card, pin: "")).Reason);
    }

    [Theory]
    [InlineData(Wire.BanKind.Loan, "checkout", LoanBan)]
    [InlineData(Wire.BanKind.Loan, "pc-booking", Granted)]
    [InlineData(Wire.BanKind.SelfService, "checkout", Granted)]
    [InlineData(Wire.BanKind.Use, "pc-booking", UseBan)]
    public async Task Each_ban_stops_what_it_is_for(Wire.BanKind ban, string purpose, Wire.DecisionCode reason)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await register.BanAsync("10001", ban);

        Assert.Equal(reason, (await VerifyAsync(register, card, purpose)).Reason);
    }

    [Fact]
    public async Task Terms_age_and_hours_are_the_doors_business()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1", 1);
        var card = await register.PatronAsync("2", 2, patron =>
            (patron.DateOfBirth, patron.ResponsibleCustomerId, patron.TermsAcceptedOn) = ("2018-01-01", "1", ""));

        Assert.True((await VerifyAsync(register, card)).Valid);
    }

    [Fact]
    public async Task A_purpose_that_the_profile_does_not_list_is_refused()
    {
        await using var register = await TestRegister.StartAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "purpose", () => VerifyAsync(register, TestRegister.CardNumber(1), "curiosity"));
    }

    [Fact]
    public async Task Guesses_at_machines_and_doors_are_one_count()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await VerifyAsync(register, card, pin: "0001");
        await register.EnterAsync(card, "0002");
        await VerifyAsync(register, card, pin: "0003");

        Assert.Equal(PinLocked, (await register.EnterAsync(card)).Code);
        Assert.Equal(PinLocked, (await VerifyAsync(register, card)).Reason);
    }

    private static Task<VerifyCredentialsResponse> VerifyAsync(TestRegister register, string card, string purpose = "checkout", string pin = TestRegister.Pin) =>
        register.Access.VerifyCredentials(
            new VerifyCredentialsRequest
            {
                CardNumber = card,
                Pin = TestRegister.Digits(pin),
                Purpose = purpose,
                AttemptId = Guid.NewGuid().ToString("N"),
                DeviceId = "machine",
                DeviceRole = purpose == "pc-booking" ? DeviceRole.PcBooking : DeviceRole.SelfCheck,
            },
            TestCall.Node());
}
