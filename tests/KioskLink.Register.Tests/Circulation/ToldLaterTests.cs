using Google.Protobuf;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Loans;
using NodaTime;
using static KioskLink.Protos.Register.V1.LoanReason;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>Acts that happened without the register: they are always taken, and what speaks against them is a row for staff.</summary>
public sealed class ToldLaterTests
{
    private static readonly Duration Hour = Duration.FromHours(1);

    [Fact]
    public async Task An_act_that_has_happened_is_taken_with_the_card_s_envelope_and_the_promised_day()
    {
        await using var desk = await LoanDesk.OpenAsync();

        var told = await desk.LendAsync("", "i1", desk.Told(3 * Hour), request =>
            (request.Borrower, request.PromisedDueOn) = (new Borrower { CardEnvelope = TestRegister.Envelope(desk.AinosCard) }, desk.Day(14)));

        Assert.Equal((true, Done, false, desk.Day(14)), (told.Outcome.Done, told.Outcome.Reason, told.Outcome.Conflict, told.DueOn));
        var loan = Assert.Single(desk.Loans);
        Assert.Equal((desk.Register.Now - (3 * Hour)).ToUnixTimeMilliseconds(), loan.LoanedAt);
        Assert.Empty(await desk.ConflictsAsync());
    }

    [Theory]
    [InlineData("banned", Protos.Register.V1.LoanReason.LoanBan)]
    [InlineData("unknown item", ItemUnknown)]
    [InlineData("limit", Protos.Register.V1.LoanReason.LoanLimit)]
    [InlineData("lost card", CardRefused)]
    [InlineData("on hold", ItemOnHold)]
    public async Task What_speaks_against_it_becomes_a_row_for_staff(string what, Protos.Register.V1.LoanReason expected)
    {
        await using var desk = await LoanDesk.OpenAsync(rules => what == "limit" ? rules with { LoanLimit = 1 } : rules);
        await (what switch
        {
            "banned" => desk.Register.BanAsync(LoanDesk.Aino, Wire.BanKind.Loan),
            "limit" => (Task)desk.LendAsync(desk.AinosCard, "i2"),
            "lost card" => desk.Register.Cards.ReportCardLost(new ReportCardLostRequest { CardNumber = desk.AinosCard }, TestCall.Admin()),
            "on hold" => desk.HoldAsync(desk.VillesCard, "i1"),
            _ => Task.CompletedTask,
        });
        var item = what == "unknown item" ? "i9" : "i1";

        var told = await desk.LendAsync("", item, desk.Told(Hour), request => request.Borrower = new Borrower { CardEnvelope = TestRegister.Envelope(desk.AinosCard) });

        Assert.Equal((true, true, expected), (told.Outcome.Done, told.Outcome.Conflict, told.Outcome.Reason));
        Assert.Contains(desk.Loans, loan => loan.ItemId == item);
        var conflict = Assert.Single(await desk.ConflictsAsync());
        Assert.Equal((expected, "checkout", item, LoanDesk.Aino, "machine"), (conflict.Reason, conflict.Kind, conflict.ItemId, conflict.CustomerId, conflict.DeviceId));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_card_that_nobody_has_or_that_does_not_open_makes_no_loan_and_a_row_for_staff(bool opens)
    {
        await using var desk = await LoanDesk.OpenAsync();
        var envelope = opens ? TestRegister.Envelope(TestRegister.CardNumber(99)) : ByteString.CopyFromUtf8("damaged");

        var told = await desk.LendAsync("", "i1", desk.Told(Hour), request => request.Borrower = new Borrower { CardEnvelope = envelope });

        Assert.Equal((true, true, CardRefused), (told.Outcome.Done, told.Outcome.Conflict, told.Outcome.Reason));
        Assert.Empty(desk.Loans);
        var conflict = Assert.Single(await desk.ConflictsAsync());
        Assert.Equal((CardRefused, ""), (conflict.Reason, conflict.CustomerId));
    }

    [Theory]
    [InlineData("on loan", ItemOnLoan)]
    [InlineData("banned", Protos.Register.V1.LoanReason.LoanBan)]
    [InlineData("wrong PIN", Done)]
    public async Task An_act_that_was_refused_and_has_happened_all_the_same_is_taken_once_and_what_spoke_against_it_is_a_row_for_staff(string what, Protos.Register.V1.LoanReason expected)
    {
        await using var desk = await LoanDesk.OpenAsync();
        await (what switch
        {
            "on loan" => desk.LendAsync(desk.VillesCard, "i1"),
            "banned" => (Task)desk.Register.BanAsync(LoanDesk.Aino, Wire.BanKind.Loan),
            _ => Task.CompletedTask,
        });
        var act = desk.Act();
        var refused = await desk.LendAsync("", "i1", act, request => request.Borrower = LoanDesk.With(desk.AinosCard, what == "wrong PIN" ? "0000" : TestRegister.Pin));
        Assert.False(refused.Outcome.Done);
        desk.Register.Time.Advance(TimeSpan.FromMinutes(1));

        var told = desk.Told(Duration.Zero);
        told.TransactionId = act.TransactionId;
        var first = await desk.LendAsync("", "i1", told, request => request.Borrower = new Borrower { CardEnvelope = TestRegister.Envelope(desk.AinosCard) });
        var again = await desk.LendAsync("", "i1", told.Clone(), request => request.Borrower = new Borrower { CardEnvelope = TestRegister.Envelope(desk.AinosCard) });

        Assert.Equal((true, expected != Done), (first.Outcome.Done, first.Outcome.Conflict));
        Assert.Equal(first, again);
        Assert.Single(desk.Loans);
        Assert.Equal(expected == Done ? [] : [(expected, LoanDesk.Aino)], (await desk.ConflictsAsync()).Select(conflict => (conflict.Reason, conflict.CustomerId)));
    }

    [Fact]
    public async Task An_item_that_was_lent_to_two_patrons_is_with_the_one_who_borrowed_it_last_and_staff_is_told()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        desk.Register.Time.Advance(TimeSpan.FromHours(5));

        await ToldLoanAsync(desk, desk.VillesCard, 2 * Hour);

        Assert.Equal(desk.Register.Card(desk.VillesCard).PatronId, Assert.Single(desk.Loans).PatronId);
        var conflict = Assert.Single(await desk.ConflictsAsync());
        Assert.Equal((ItemOnLoan, LoanDesk.Ville, LoanDesk.Aino), (conflict.Reason, conflict.CustomerId, conflict.OtherCustomerId));
    }

    [Fact]
    public async Task The_first_loan_s_return_that_is_told_later_settles_it_and_ends_no_other_loan()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(30);
        await ToldLoanAsync(desk, desk.VillesCard, 2 * Hour);

        var told = await desk.ReturnAsync("i1", desk.Told(3 * Hour));

        Assert.Equal((true, Done), (told.Outcome.Done, told.Outcome.Reason));
        Assert.Equal(desk.Register.Card(desk.VillesCard).PatronId, Assert.Single(desk.Loans).PatronId);
        Assert.Empty(await desk.ConflictsAsync());
        var settled = Assert.Single(await desk.ConflictsAsync(settled: true));
        Assert.Equal(("register", "The return of the earlier loan was told later."), (settled.SettledBy, settled.Note));
        Assert.Equal(40, (await desk.AskAsync(desk.AinosCard)).FeesCents);
        Assert.Equal((desk.Register.Now - (3 * Hour)).ToUnixTimeMilliseconds(), desk.Rows(db => db.Set<ItemHistoryRow>().Single()).ReturnedAt);
    }

    [Fact]
    public async Task A_loan_that_is_told_after_a_later_one_is_over_and_its_return_settles_it()
    {
        await using var desk = await LoanDesk.OpenAsync();
        desk.Register.Time.Advance(TimeSpan.FromHours(9));
        await desk.LendAsync(desk.AinosCard, "i1");
        desk.Register.Time.Advance(TimeSpan.FromHours(1));

        await ToldLoanAsync(desk, desk.VillesCard, 5 * Hour);

        Assert.Equal(desk.Register.Card(desk.AinosCard).PatronId, Assert.Single(desk.Loans).PatronId);
        Assert.Equal((ItemOnLoan, LoanDesk.Ville, LoanDesk.Aino), await desk.ConflictsAsync() is [var conflict] ? (conflict.Reason, conflict.CustomerId, conflict.OtherCustomerId) : default);
        await desk.ReturnAsync("i1", desk.Told(3 * Hour));
        Assert.Empty(await desk.ConflictsAsync());
        Assert.Single(desk.Loans);
    }

    [Fact]
    public async Task A_return_and_a_loan_that_a_node_tells_in_their_order_leave_no_conflict()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        desk.Register.Time.Advance(TimeSpan.FromHours(5));

        await desk.ReturnAsync("i1", desk.Told(3 * Hour));
        await ToldLoanAsync(desk, desk.VillesCard, 2 * Hour);

        Assert.Equal(desk.Register.Card(desk.VillesCard).PatronId, Assert.Single(desk.Loans).PatronId);
        Assert.Empty(await desk.ConflictsAsync());
    }

    [Fact]
    public async Task A_payment_that_has_happened_is_booked_as_far_as_it_is_due()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.TellAsync(new LoanRecord { Kind = LoanRecordKind.Fee, Id = "f1", CustomerId = LoanDesk.Aino, FeeKind = "late", Cents = 300 });

        var told = await desk.PayAsync(desk.AinosCard, 500, desk.Told(Hour));

        Assert.Equal((true, true, 0L), (told.Outcome.Done, told.Outcome.Conflict, told.UnpaidCents));
        Assert.Equal((AmountWrong, "pay"), await desk.ConflictsAsync() is [var conflict] ? (conflict.Reason, conflict.Kind) : default);
    }

    [Fact]
    public async Task Staff_settles_a_conflict_once_with_a_note_that_names_nobody()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        desk.Register.Time.Advance(TimeSpan.FromHours(5));
        await ToldLoanAsync(desk, desk.VillesCard, 2 * Hour);
        var id = Assert.Single(await desk.ConflictsAsync()).Id;

        await Refusals.RefusedAsync(Grpc.Core.StatusCode.InvalidArgument, "note", () => SettleAsync(desk, id, "asked 010594Y9032"));
        var settled = await SettleAsync(desk, id, "found on the shelf");
        var again = await SettleAsync(desk, id, "something else");

        Assert.Equal(("found on the shelf", "admin"), (settled.Conflict.Note, settled.Conflict.SettledBy));
        Assert.Equal(settled.Conflict, again.Conflict);
        Assert.Empty(await desk.ConflictsAsync());
    }

    private static Task<SettleLoanConflictResponse> SettleAsync(LoanDesk desk, string id, string note) =>
        desk.Register.Loans.SettleLoanConflict(new SettleLoanConflictRequest { Id = id, Note = note }, TestCall.Admin());

    private static Task<CheckOutResponse> ToldLoanAsync(LoanDesk desk, string card, Duration ago) =>
        desk.LendAsync("", "i1", desk.Told(ago), request => request.Borrower = new Borrower { CardEnvelope = TestRegister.Envelope(card) }, TestCall.Node());
}
