using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Loans;
using static KioskLink.Protos.Register.V1.LoanReason;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>Lending and taking back at a checkout machine.</summary>
public sealed class CheckOutTests
{
    [Fact]
    public async Task R22_An_item_goes_out_and_comes_back()
    {
        await using var desk = await LoanDesk.OpenAsync();

        var lent = await desk.LendAsync(desk.AinosCard, "i1");
        Assert.Equal((true, Done, "item_lent", "Utlånat.", desk.Day(28)), (lent.Outcome.Done, lent.Outcome.Reason, lent.Outcome.MessageKey, lent.Outcome.Message, lent.DueOn));
        Assert.Equal((ItemStatus.OnLoan, "Title i1", "001"), (lent.Item.Status, lent.Item.Title, lent.Item.Media));
        Assert.Equal(1, (await desk.AskAsync(desk.AinosCard)).Loans);

        var back = await desk.ReturnAsync("i1");
        Assert.Equal((true, Done, "", ItemStatus.Available), (back.Outcome.Done, back.Outcome.Reason, back.Alert, back.Item.Status));
        Assert.Equal(0, (await desk.AskAsync(desk.AinosCard)).Loans);
        Assert.Equal(NotOnLoan, (await desk.ReturnAsync("i1")).Outcome.Reason);
    }

    [Fact]
    public async Task What_the_rules_refuse_is_an_answer_with_its_reason_and_lends_nothing()
    {
        await using var desk = await LoanDesk.OpenAsync(rules => rules with { LoanLimit = 1 });
        await desk.ItemAsync("i3", record => record.ItemType = "reference");
        await desk.LendAsync(desk.VillesCard, "i2");

        Assert.Equal(ItemUnknown, (await desk.LendAsync(desk.AinosCard, "no-such-item")).Outcome.Reason);
        Assert.Equal(NotForLoan, (await desk.LendAsync(desk.AinosCard, "i3")).Outcome.Reason);
        Assert.Equal(ItemOnLoan, (await desk.LendAsync(desk.AinosCard, "i2")).Outcome.Reason);
        Assert.Equal(LoanLimit, (await desk.LendAsync(desk.VillesCard, "i1")).Outcome.Reason);
        Assert.Equal("i2", Assert.Single(desk.Loans).ItemId);
        Assert.Empty(await desk.ConflictsAsync());
    }

    [Theory]
    [InlineData(Wire.BanKind.Loan, Protos.Register.V1.LoanReason.LoanBan)]
    [InlineData(Wire.BanKind.Use, Protos.Register.V1.LoanReason.LoanBan)]
    [InlineData(Wire.BanKind.SelfService, Done)]
    public async Task R28_Loan_bans_and_use_bans_stop_loans_and_a_self_service_ban_does_not(Wire.BanKind kind, Protos.Register.V1.LoanReason expected)
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.Register.BanAsync(LoanDesk.Aino, kind);

        Assert.Equal(expected, (await desk.LendAsync(desk.AinosCard, "i1")).Outcome.Reason);
    }

    [Fact]
    public async Task R28_A_use_ban_of_one_branch_stops_no_loan_at_another()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.Register.BanAsync(LoanDesk.Aino, Wire.BanKind.Use);

        Assert.Equal(Done, (await desk.LendAsync(desk.AinosCard, "i1", call: TestCall.Node("other", TestRegister.Other))).Outcome.Reason);
    }

    [Fact]
    public async Task R30_A_machine_needs_the_pin_and_a_wrong_one_counts_once_for_the_door_too()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var act = desk.Act();

        foreach (var _ in Enumerable.Range(0, 3))
        {
            var refused = await desk.LendAsync(desk.AinosCard, "i1", act, request => request.Borrower.Pin = TestRegister.Digits("0001"));
            Assert.Equal((CardRefused, Wire.DecisionCode.PinWrong, "not_accepted"), (refused.Outcome.Reason, refused.Outcome.CardCode, refused.Outcome.MessageKey));
        }

        Assert.Single(desk.Register.Card(desk.AinosCard).Facts.Guesses.WrongTimes);
        var without = await desk.LendAsync(desk.AinosCard, "i1", change: request => request.Borrower.Pin = TestRegister.Digits(""));
        Assert.Equal((CardRefused, Wire.DecisionCode.PinMissing, "pin_missing"), (without.Outcome.Reason, without.Outcome.CardCode, without.Outcome.MessageKey));
        Assert.Empty(desk.Loans);
    }

    [Fact]
    public async Task R30_A_card_that_the_door_has_locked_lends_nothing()
    {
        await using var desk = await LoanDesk.OpenAsync();
        foreach (var guess in Enumerable.Range(0, 5))
        {
            await desk.Register.EnterAsync(desk.AinosCard, "0001");
            desk.Register.Time.Advance(TimeSpan.FromMinutes(3));
        }

        Assert.Equal(Wire.DecisionCode.PinLocked, (await desk.LendAsync(desk.AinosCard, "i1")).Outcome.CardCode);
    }

    [Fact]
    public async Task A_right_pin_s_proof_lends_at_the_same_machine_for_five_minutes_and_nowhere_else()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var proof = (await desk.AskAsync(desk.AinosCard)).Proof;
        void Prove(CheckOutRequest request) => (request.Borrower.Pin, request.Borrower.Proof) = (TestRegister.Digits(""), proof);

        Assert.Equal(Wire.DecisionCode.PinMissing, (await desk.LendAsync(desk.AinosCard, "i1", desk.Act(act => act.DeviceId = "another"), Prove)).Outcome.CardCode);
        Assert.Equal(Wire.DecisionCode.PinMissing, (await desk.LendAsync(desk.VillesCard, "i1", change: Prove)).Outcome.CardCode);
        Assert.Equal(Done, (await desk.LendAsync(desk.AinosCard, "i1", change: Prove)).Outcome.Reason);

        desk.Register.Time.Advance(TimeSpan.FromMinutes(5));
        Assert.Equal(Wire.DecisionCode.PinMissing, (await desk.LendAsync(desk.AinosCard, "i2", change: Prove)).Outcome.CardCode);
    }

    [Fact]
    public async Task Staff_lends_by_customer_id_without_a_pin_and_a_node_may_not()
    {
        await using var desk = await LoanDesk.OpenAsync();
        static void ByNumber(CheckOutRequest request) => request.Borrower = new Borrower { CustomerId = LoanDesk.Aino };

        Assert.Equal(Done, (await desk.LendAsync("", "i1", change: ByNumber, call: TestCall.Admin())).Outcome.Reason);
        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "card", () => desk.LendAsync("", "i2", change: ByNumber));
    }

    [Fact]
    public async Task R76_A_restricted_patron_borrows_nothing_and_no_machine_hears_a_word()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.Register.RestrictAsync(LoanDesk.Aino);

        Assert.Equal(Wire.DecisionCode.PatronRestricted, (await desk.LendAsync(desk.AinosCard, "i1")).Outcome.CardCode);
        var heard = await desk.AskAsync(desk.AinosCard);
        Assert.Equal((Wire.DecisionCode.PatronRestricted, "", 0, "ask_staff"), (heard.CardCode, heard.PersonName, heard.LoanLimit, heard.MessageKey));
    }

    [Theory]
    [InlineData(DeviceRole.PcBooking)]
    [InlineData(DeviceRole.Door)]
    public async Task R31_A_device_that_lends_nothing_may_not_lend(DeviceRole role)
    {
        await using var desk = await LoanDesk.OpenAsync();

        await Refusals.RefusedAsync(StatusCode.PermissionDenied, "device_role", () => desk.LendAsync(desk.AinosCard, "i1", desk.Act(act => act.DeviceRole = role)));
    }

    [Fact]
    public async Task The_last_day_moves_to_a_day_on_which_the_branch_is_open()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var branch = TestRegister.Branch(TestRegister.Main);
        branch.Hours.Exceptions.Add(new Wire.ExceptionHours { Date = desk.Day(28) });
        branch.Hours.Exceptions.Add(new Wire.ExceptionHours { Date = desk.Day(29) });
        await desk.Register.ApplyAsync(branch);

        Assert.Equal(desk.Day(30), (await desk.LendAsync(desk.AinosCard, "i1")).DueOn);
    }

    [Fact]
    public async Task The_same_patron_s_loan_is_renewed_where_the_machine_allows_it()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(10);

        Assert.Equal(ItemOnLoan, (await desk.LendAsync(desk.AinosCard, "i1", change: request => request.MayRenew = false)).Outcome.Reason);
        var renewed = await desk.LendAsync(desk.AinosCard, "i1");

        Assert.Equal((true, true, "loan_renewed", desk.Day(28)), (renewed.Outcome.Done, renewed.Renewed, renewed.Outcome.MessageKey, renewed.DueOn));
        Assert.Equal(1, Assert.Single(desk.Loans).Renewals);
    }

    [Fact]
    public async Task A_fee_for_a_loan_is_asked_for_first_and_charged_once_it_is_accepted()
    {
        await using var desk = await LoanDesk.OpenAsync(rules => rules with { Types = [new ItemTypeRule { Code = "book", LoanFeeCents = 150 }] });

        var asked = await desk.LendAsync(desk.AinosCard, "i1");
        Assert.Equal((false, FeeNeeded, 150L), (asked.Outcome.Done, asked.Outcome.Reason, asked.Outcome.FeeCents));
        Assert.Equal(150, (await desk.LendAsync(desk.AinosCard, "i1", desk.Act(act => act.FeeAcknowledged = true))).Outcome.FeeCents);
        Assert.Equal(150, (await desk.AskAsync(desk.AinosCard)).FeesCents);
    }

    [Fact]
    public async Task A_return_in_another_branch_goes_home_and_an_unknown_item_to_staff()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.ItemAsync("i3", record => record.HomeBranch = TestRegister.Other);
        await desk.LendAsync(desk.AinosCard, "i3");

        var back = await desk.ReturnAsync("i3");
        Assert.Equal(("04", TestRegister.Other, ItemStatus.InTransit), (back.Alert, back.Destination, back.Item.Status));
        var home = await desk.ReturnAsync("i3", call: TestCall.Node("other", TestRegister.Other));
        Assert.Equal(("", "", ItemStatus.Available, TestRegister.Other), (home.Alert, home.Destination, home.Item.Status, home.Item.BranchId));
        var unknown = await desk.ReturnAsync("no-such-item");
        Assert.Equal((false, ItemUnknown, "99"), (unknown.Outcome.Done, unknown.Outcome.Reason, unknown.Alert));
    }

    [Fact]
    public async Task A_machine_undoes_a_loan_and_a_return_that_it_could_not_finish()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var due = (await desk.LendAsync(desk.AinosCard, "i1")).DueOn;
        Assert.Equal(Done, (await desk.ReturnAsync("i1", change: request => request.Cancels = true)).Outcome.Reason);
        Assert.Empty(desk.Loans);
        Assert.Empty(desk.Rows(db => db.Set<Register.Loans.ItemHistoryRow>().ToList()));

        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(40);
        Assert.Equal(240, (await desk.ReturnAsync("i1")).Outcome.FeeCents);
        var restored = await desk.LendAsync(desk.AinosCard, "i1", change: request => request.Cancels = true);

        Assert.Equal(due, restored.DueOn);
        Assert.Equal(0, (await desk.AskAsync(desk.AinosCard)).FeesCents);
        Assert.Single(desk.Loans);
    }

    [Fact]
    public async Task Two_machines_never_lend_the_same_item_twice()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var cards = new List<string> { desk.AinosCard, desk.VillesCard };
        foreach (var more in Enumerable.Range(3, 6))
        {
            cards.Add(await desk.Register.PatronAsync($"1000{more}", more));
        }

        var proofs = new Dictionary<string, Google.Protobuf.ByteString>();
        foreach (var card in cards)
        {
            proofs[card] = (await desk.AskAsync(card)).Proof;
        }

        for (var round = 0; round < 3; round++)
        {
            var lent = await Task.WhenAll(Enumerable.Range(0, 300).Select(n => Task.Run(() => desk.LendAsync(
                cards[n % cards.Count], "i1", change: request => (request.Borrower.Pin, request.Borrower.Proof, request.MayRenew) = (TestRegister.Digits(""), proofs[cards[n % cards.Count]], false)))));

            Assert.Single(lent, answer => answer.Outcome.Done);
            Assert.All(lent.Where(answer => !answer.Outcome.Done), answer => Assert.Equal(ItemOnLoan, answer.Outcome.Reason));
            Assert.Single(desk.Loans);
            await desk.ReturnAsync("i1");
        }
    }

    [Fact]
    public async Task R84_While_checkout_machines_are_down_nothing_is_lent_but_what_has_happened_is_taken()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.Register.Outages.AddOutage(Outages.OutageTests.Unplanned(LibraryService.Checkout), TestCall.Admin());

        await Refusals.RefusedAsync(StatusCode.Unavailable, "down", () => desk.LendAsync(desk.AinosCard, "i1"));
        Assert.True((await desk.LendAsync(desk.AinosCard, "i1", desk.Told(NodaTime.Duration.FromHours(1)))).Outcome.Done);
    }
}
