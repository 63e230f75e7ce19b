using Google.Protobuf;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Audit;

/// <summary>What is refused by an answer with a reason, and not by a status, is in the log as refused (R42), and fills no disk.</summary>
public sealed class RefusedAnswerTests
{
    private const string SignIn = "OwnDataService/BeginMySession";

    [Fact]
    public async Task R42_A_wrong_PIN_in_the_own_view_is_noted_as_refused()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1, "8317");
        var view = new OwnDataService.OwnDataServiceClient(register.ChannelOf(null));

        await view.BeginMySessionAsync(Ask(Library.Card(1), "1111", "one"));

        await Patience.Until(async () => (await register.EventsAsync(SignIn)).Count == 1, "the refusal is noted");
        var noted = Assert.Single(await register.EventsAsync(SignIn));
        Assert.Equal(("PERMISSION_DENIED", "PIN_WRONG"), (noted.Result, noted.Reason));
        Assert.Equal([card.PatronId], noted.Subjects);
    }

    [Fact]
    public async Task R42_A_node_s_wrong_PIN_is_noted_as_refused_also_when_the_answer_is_repeated()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        await register.AddPatronAsync(1, "8317");
        var access = new AccessService.AccessServiceClient(register.ChannelOf((await register.EnrolAsync(Library.Branch)).Certificate));
        var ask = new VerifyCredentialsRequest
        {
            CardNumber = Library.Card(1),
            Pin = Digits("1111"),
            AttemptId = "one",
            DeviceId = "pc",
            DeviceRole = DeviceRole.PcBooking,
            Purpose = "pc-booking",
        };

        await access.VerifyCredentialsAsync(ask.Clone());
        await access.VerifyCredentialsAsync(ask.Clone());

        await Patience.Until(async () => (await register.EventsAsync("AccessService/VerifyCredentials")).Count == 2, "both answers are noted");
        Assert.All(
            await register.EventsAsync("AccessService/VerifyCredentials"), row => Assert.Equal(("PERMISSION_DENIED", "PIN_WRONG"), (row.Result, row.Reason)));
    }

    [Fact]
    public async Task R42_Unreadable_cards_in_the_own_view_leave_no_more_rows_than_any_other_knocking()
    {
        await using var register = await RunningRegister.StartAsync(new VirtualTime());
        var view = new OwnDataService.OwnDataServiceClient(register.ChannelOf(null));

        for (var knock = 0; knock < DenialBudget.RowsMax + 40; knock++)
            await view.BeginMySessionAsync(Ask("x", "", $"{knock}"));

        await Patience.Until(async () => (await register.EventsAsync(SignIn)).Count >= DenialBudget.RowsMax, "the knocks are noted");
        Assert.Equal(DenialBudget.RowsMax, (await register.EventsAsync(SignIn)).Count);
    }

    private static BeginMySessionRequest Ask(string card, string pin, string attempt) =>
        new() { CardNumber = card, Pin = Digits(pin), AttemptId = attempt, DeviceId = "page" };

    private static ByteString Digits(string pin) => TestRegister.Digits(pin);
}
