using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>What a machine hears of a patron (R31).</summary>
public sealed class PatronInformationTests
{
    [Fact]
    public async Task R9_R31_A_checkout_machine_hears_the_name_with_a_right_pin_counts_and_lists_and_never_where_somebody_lives_or_was_born()
    {
        await using var desk = await OpenAsync();

        var proven = await desk.AskAsync(desk.AinosCard, change: request => request.List = PatronListKind.Loans);
        Assert.Equal((true, Wire.DecisionCode.Granted, Wire.PinResult.Right, LoanReason.Done), (proven.Known, proven.CardCode, proven.PinResult, proven.BorrowReason));
        Assert.Equal(("Koivunen Aino Testi", 1, 1), (proven.PersonName, proven.Loans, proven.HoldsWaiting));
        Assert.All(["1990", "aino@example.org", "Testikatu", "Helsinki"], told => Assert.DoesNotContain(told, JsonFormatter.Default.Format(proven), StringComparison.Ordinal));
        Assert.Equal((["i1"], Wire.Language.Sv, 3000L, 150), (proven.Entries, proven.Language, proven.FeeLimitCents, proven.LoanLimit));

        var unproven = await desk.AskAsync(desk.AinosCard, pin: "", request => request.List = PatronListKind.Loans);
        Assert.Equal((true, Wire.PinResult.Unspecified, "Koivunen Aino Testi"), (unproven.Known, unproven.PinResult, unproven.PersonName));
        Assert.Equal((0, 0), (unproven.Entries.Count, unproven.Proof.Length));
    }

    [Fact]
    public async Task R22_Without_a_right_pin_a_machine_hears_no_count_no_fee_and_no_limit()
    {
        await using var desk = await OpenAsync();
        await desk.Register.Core.Lane.WriteAsync(scope => { Register.Store.Sql.Run(scope.Db, "UPDATE patrons SET fees_cents = 150"); });
        var proven = await desk.AskAsync(desk.AinosCard);
        Assert.Equal((1, 1, 150L), (proven.Loans, proven.HoldsWaiting, proven.FeesCents));

        var unproven = await desk.AskAsync(desk.AinosCard, pin: "");

        Assert.Equal((0, 0, 0, 0, 0, 0L), (unproven.Loans, unproven.Overdue, unproven.HoldsReady, unproven.HoldsWaiting, unproven.Fees, unproven.FeesCents));
        Assert.Equal((0L, 0, 0, 0), (unproven.FeeLimitCents, unproven.OverdueLimit, unproven.LoanLimit, unproven.HoldLimit));
        Assert.Equal((true, "Koivunen Aino Testi", LoanReason.Done), (unproven.Known, unproven.PersonName, unproven.BorrowReason));
    }

    [Fact]
    public async Task A_wrong_pin_hears_that_it_is_wrong_and_counts_once()
    {
        await using var desk = await OpenAsync();

        foreach (var _ in Enumerable.Range(0, 2))
        {
            var heard = await desk.AskAsync(desk.AinosCard, "0001", request => request.AttemptId = "one");
            Assert.Equal((Wire.PinResult.Wrong, Wire.DecisionCode.PinWrong, "", 0, "not_accepted"), (heard.PinResult, heard.CardCode, heard.PersonName, heard.LoanLimit, heard.MessageKey));
        }

        Assert.Single(desk.Register.Card(desk.AinosCard).Facts.Guesses.WrongTimes);
    }

    [Fact]
    public async Task An_unknown_card_is_an_answer_that_says_so()
    {
        await using var desk = await OpenAsync();

        var heard = await desk.AskAsync(TestRegister.CardNumber(99));

        Assert.Equal((false, Wire.DecisionCode.CardUnknown, "not_accepted"), (heard.Known, heard.CardCode, heard.MessageKey));
    }

    [Fact]
    public async Task R22_A_machine_that_counts_its_attempts_anew_hears_of_the_card_that_is_there_now()
    {
        await using var desk = await OpenAsync();

        var first = await desk.AskAsync(desk.AinosCard, change: request => request.AttemptId = "1");
        var enveloped = await desk.AskAsync("", change: request => (request.AttemptId, request.Borrower) = ("1", new Borrower { CardEnvelope = TestRegister.Envelope(desk.VillesCard) }));
        var second = await desk.AskAsync(desk.VillesCard, change: request => request.AttemptId = "1");
        var elsewhere = await desk.AskAsync(desk.AinosCard, "0001", request => (request.AttemptId, request.DeviceId) = ("1", "other"));
        var again = await desk.AskAsync(desk.AinosCard, "0001", request => request.AttemptId = "1");

        Assert.Equal(("Koivunen Aino Testi", "Koivunen Ville Testi", "Koivunen Ville Testi"), (first.PersonName, enveloped.PersonName, second.PersonName));
        Assert.Equal((Wire.PinResult.Wrong, Wire.PinResult.Right), (elsewhere.PinResult, again.PinResult));
    }

    [Fact]
    public async Task R31_Booking_of_computers_hears_yes_or_no_and_nothing_else()
    {
        await using var desk = await OpenAsync();

        var yes = await desk.AskAsync(desk.AinosCard, change: request => request.DeviceRole = DeviceRole.PcBooking);
        await desk.Register.BanAsync(LoanDesk.Aino, Wire.BanKind.Use);
        var no = await desk.AskAsync(desk.AinosCard, change: request => request.DeviceRole = DeviceRole.PcBooking);

        var expected = new GetPatronInformationResponse
        {
            Known = true,
            CardCode = Wire.DecisionCode.Granted,
            PinResult = Wire.PinResult.Right,
            MessageKey = yes.MessageKey,
            Message = yes.Message,
            Source = yes.Source,
            FactsVersion = yes.FactsVersion,
            FactsAge = yes.FactsAge,
        };
        Assert.Equal(expected, yes);
        Assert.Equal((Wire.DecisionCode.UseBan, ""), (no.CardCode, no.PersonName));
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "device_role", () => desk.AskAsync(desk.AinosCard, change: request => request.DeviceRole = DeviceRole.Door));
    }

    [Fact]
    public async Task A_list_is_told_from_its_first_to_its_last_entry()
    {
        await using var desk = await OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i2");

        Assert.Equal(["i2"], (await desk.AskAsync(desk.AinosCard, change: request => (request.List, request.First, request.Last) = (PatronListKind.Loans, 2, 2))).Entries);
        Assert.Empty((await desk.AskAsync(desk.AinosCard, change: request => (request.List, request.First, request.Last) = (PatronListKind.Loans, 3, 9))).Entries);
        Assert.Empty((await desk.AskAsync(desk.AinosCard, change: request => request.List = PatronListKind.Overdue)).Entries);
        await desk.PassAsync(30);
        Assert.Equal(2, (await desk.AskAsync(desk.AinosCard, change: request => request.List = PatronListKind.Overdue)).Entries.Count);
    }

    [Fact]
    public async Task R42_What_machines_ask_and_do_is_noted_with_whose_data_it_was()
    {
        await using var desk = await OpenAsync();
        var call = TestCall.Node();

        await desk.ReturnAsync("i1", call: call);
        Assert.Equal("loans", Register.Audit.CallAuditContext.Audit(call).Class);
        var ask = TestCall.Node();
        await desk.AskAsync(desk.AinosCard, call: ask);
        Assert.Equal([desk.Register.Card(desk.AinosCard).PatronId], Register.Audit.CallAuditContext.Audit(ask).Subjects);
        var refused = TestCall.Node();
        await desk.LendAsync(desk.AinosCard, "i2", change: request => request.Borrower.Pin = TestRegister.Digits("0001"), call: refused);
        Assert.Equal("PIN_WRONG", Register.Audit.CallAuditContext.Audit(refused).Refusal);
    }

    [Theory]
    [InlineData(true, "FI-Home")]
    [InlineData(false, "")]
    public async Task R14_A_machine_hears_of_a_home_unit_only_where_the_profile_keeps_one(bool isKept, string heard)
    {
        await using var desk = await LoanDesk.OpenAsync(profile: shipped => shipped with { PatronFields = shipped.PatronFields with { HomeUnit = isKept } });
        await desk.Register.Core.Lane.WriteAsync(scope => { Register.Store.Sql.Run(scope.Db, "UPDATE patrons SET home_branch = 'FI-Home'"); });

        Assert.Equal(heard, (await desk.AskAsync(desk.AinosCard)).HomeBranch);
    }

    private static async Task<LoanDesk> OpenAsync()
    {
        var desk = await LoanDesk.OpenAsync();
        await desk.Register.Patrons.UpsertPatron(
            new UpsertPatronRequest
            {
                Patron = new Patron
                {
                    CustomerId = LoanDesk.Aino,
                    Surname = "Koivunen",
                    FirstNames = "Aino Testi",
                    DateOfBirth = "1990-05-01",
                    Group = "adult",
                    TermsAcceptedOn = "2026-01-01",
                    Language = Wire.Language.Sv,
                    Contact = new Contact { Email = "aino@example.org", Address = new PostalAddress { Street = "Testikatu 1", PostalCode = "00100", City = "Helsinki" } },
                },
            },
            TestCall.Admin());
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.ItemAsync("i5");
        await desk.HoldAsync(desk.AinosCard, "i5");
        return desk;
    }
}
