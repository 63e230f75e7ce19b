using Grpc.Core;
using KioskLink.Protos.Register.V1;
using static KioskLink.Protos.Types.V1.DecisionCode;

namespace KioskLink.Register.Tests.Access;

/// <summary>Each device in the library sees its own fields only (R31, R33).</summary>
public sealed class DeviceRoleTests
{
    [Fact]
    public async Task R31_Booking_of_computers_hears_yes_or_no_and_not_whose_card_it_is()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        var booking = await VerifyAsync(register, card, DeviceRole.PcBooking, "pc-booking");
        var checkout = await VerifyAsync(register, card, DeviceRole.SelfCheck, "checkout");

        Assert.Equal((true, Granted, ""), (booking.Valid, booking.Reason, booking.PatronRef));
        Assert.NotEmpty(checkout.PatronRef);
    }

    [Theory]
    [InlineData(DeviceRole.PcBooking, "checkout")]
    [InlineData(DeviceRole.SelfCheck, "pc-booking")]
    [InlineData(DeviceRole.SelfCheck, "e-service")]
    [InlineData(DeviceRole.Door, "self-service")]
    public async Task R31_A_device_asks_for_its_own_purpose_only_and_no_guess_is_spent(DeviceRole role, string purpose)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);

        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "DEVICE_ROLE", () => VerifyAsync(register, card, role, purpose, "0001"));

        Assert.Empty(register.Card(card).Facts.Guesses.WrongTimes);
    }

    [Theory]
    [InlineData(DeviceRole.Door, false)]
    [InlineData(DeviceRole.PcBooking, false)]
    [InlineData(DeviceRole.SelfCheck, true)]
    public async Task R31_Loans_are_told_to_checkout_machines_only(DeviceRole role, bool isTold)
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var request = new GetLoanStatusRequest
        {
            CardNumber = card,
            Pin = TestRegister.Digits(TestRegister.Pin),
            AttemptId = "1",
            DeviceId = "machine",
            DeviceRole = role,
        };

        if (isTold)
        {
            Assert.True((await register.Loans.GetLoanStatus(request, TestCall.Node())).Valid);
            return;
        }

        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "DEVICE_ROLE", () => register.Loans.GetLoanStatus(request, TestCall.Node()));
    }

    [Fact]
    public async Task R31_A_node_that_names_no_role_is_refused_purpose_and_loans()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        var loans = new GetLoanStatusRequest { CardNumber = card, Pin = TestRegister.Digits("0001"), AttemptId = "1", DeviceId = "machine" };
        var patron = new GetPatronInformationRequest
        {
            Borrower = new Borrower { CardNumber = card, Pin = TestRegister.Digits("0001") },
            AttemptId = "2",
            DeviceId = "machine",
        };
        var act = new CheckInRequest { ItemId = "i1", Act = new Act { TransactionId = "t", DeviceId = "machine" } };

        foreach (var purpose in register.Profile.Purposes)
        {
            await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`device_role`", () => VerifyAsync(register, card, DeviceRole.Unspecified, purpose, "0001"));
        }

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`device_role`", () => register.Loans.GetLoanStatus(loans, TestCall.Node()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`device_role`", () => register.Loans.GetPatronInformation(patron, TestCall.Node()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`device_role`", () => register.Loans.CheckIn(act, TestCall.Node()));
        Assert.Empty(register.Card(card).Facts.Guesses.WrongTimes);
    }

    [Fact]
    public void R31_No_answer_to_a_device_has_a_field_for_a_pin_or_its_hash()
    {
        foreach (var descriptor in new[] { VerifyCredentialsResponse.Descriptor, GetLoanStatusResponse.Descriptor, AuthorizeEntryResponse.Descriptor, Protos.Types.V1.Decision.Descriptor })
        {
            Assert.DoesNotContain(descriptor.Fields.InDeclarationOrder(), field => field.FieldType == Google.Protobuf.Reflection.FieldType.Bytes);
        }
    }

    private static Task<VerifyCredentialsResponse> VerifyAsync(
        TestRegister register, string card, DeviceRole role, string purpose, string pin = TestRegister.Pin) => register.Access.VerifyCredentials(
            new VerifyCredentialsRequest
            {
                CardNumber = card,
                Pin = TestRegister.Digits(pin),
                Purpose = purpose,
                DeviceRole = role,
                AttemptId = Guid.NewGuid().ToString("N"),
                DeviceId = "machine",
            },
            TestCall.Node());
}
