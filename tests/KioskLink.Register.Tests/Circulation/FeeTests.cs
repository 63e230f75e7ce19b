using KioskLink.Protos.Register.V1;
using KioskLink.Register.Circulation;
using KioskLink.Register.Loans;
using KioskLink.Rules.Loans;
using static KioskLink.Protos.Register.V1.LoanReason;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>Late fees, renewals and payments.</summary>
public sealed class FeeTests
{
    [Fact]
    public async Task R22_A_late_return_costs_by_the_day_up_to_the_cap()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.LendAsync(desk.AinosCard, "i2");

        await desk.PassAsync(28);
        Assert.Equal(0, (await desk.ReturnAsync("i1")).Outcome.FeeCents);
        await desk.PassAsync(2);
        Assert.Equal(40, (await desk.ReturnAsync("i2")).Outcome.FeeCents);
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(90);
        Assert.Equal(600, (await desk.ReturnAsync("i1")).Outcome.FeeCents);

        Assert.Equal(["late 6.00", "late 0.40"], (await desk.AskAsync(desk.AinosCard, change: request => request.List = PatronListKind.Fees)).Entries.Reverse());
        Assert.Equal(640, desk.Register.Card(desk.AinosCard).Facts.FeesCents);
    }

    [Fact]
    public async Task A_group_without_late_fees_pays_nothing_for_late_returns()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var card = await desk.Register.PatronAsync("10009", 9, patron => patron.Group = "home-service");
        await desk.LendAsync(card, "i1");
        await desk.PassAsync(90);

        Assert.Equal(0, (await desk.ReturnAsync("i1")).Outcome.FeeCents);
    }

    [Fact]
    public async Task R26_Fees_over_the_limit_stop_loans_and_shut_the_door_until_they_are_paid()
    {
        await using var desk = await LoanDesk.OpenAsync(rules => rules with { FeeLimitCents = 600 });
        var branch = TestRegister.Branch(TestRegister.Main);
        branch.MaxFeesCents = 500;
        await desk.Register.ApplyAsync(branch);
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(90);
        await desk.ReturnAsync("i1");

        Assert.Equal(Protos.Register.V1.LoanReason.FeesOverLimit, (await desk.LendAsync(desk.AinosCard, "i1")).Outcome.Reason);
        Assert.Equal(Wire.DecisionCode.FeesOverLimit, (await desk.Register.EnterAsync(desk.AinosCard)).Code);

        Assert.Equal(0, (await desk.PayAsync(desk.AinosCard, 600)).UnpaidCents);
        Assert.Equal(Done, (await desk.LendAsync(desk.AinosCard, "i1")).Outcome.Reason);
        Assert.Equal(Wire.DecisionCode.Granted, (await desk.Register.EnterAsync(desk.AinosCard)).Code);
    }

    [Fact]
    public async Task A_payment_pays_the_oldest_fee_first_or_the_one_that_is_named_and_never_more_than_is_due()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.TellAsync(Fee("f1", 300));
        desk.Register.Time.Advance(TimeSpan.FromMinutes(1));
        await desk.TellAsync(Fee("f2", 500));

        Assert.Equal(AmountWrong, (await desk.PayAsync(desk.AinosCard, 801)).Outcome.Reason);
        Assert.Equal(AmountWrong, (await desk.PayAsync(desk.AinosCard, 0)).Outcome.Reason);
        Assert.Equal(AmountWrong, (await desk.PayAsync(desk.AinosCard, 301, change: request => request.FeeId = "f1")).Outcome.Reason);
        Assert.Equal(FeeUnknown, (await desk.PayAsync(desk.AinosCard, 1, change: request => request.FeeId = "f9")).Outcome.Reason);
        Assert.Equal(FeeUnknown, (await desk.PayAsync(desk.VillesCard, 1, change: request => request.FeeId = "f1")).Outcome.Reason);
        Assert.Equal(450, (await desk.PayAsync(desk.AinosCard, 350)).UnpaidCents);
        Assert.Equal([("f1", 0L), ("f2", 450L)], desk.Rows(db => db.Set<FeeRow>().ToList()).OrderBy(fee => fee.FeeId).Select(fee => (fee.FeeId, fee.Cents)));
        Assert.Equal(350, (await desk.PayAsync(desk.AinosCard, 100, change: request => request.FeeId = "f2")).UnpaidCents);
        Assert.Equal(450, desk.Rows(db => db.Set<PaymentRow>().Sum(payment => payment.Cents)));
        Assert.Equal(350, desk.Register.Card(desk.AinosCard).Facts.FeesCents);
    }

    [Fact]
    public async Task A_loan_is_renewed_until_the_rules_say_no_and_its_last_day_never_moves_back()
    {
        await using var desk = await LoanDesk.OpenAsync(rules => rules with { Types = [new ItemTypeRule { Code = "book", Days = 28, Renewals = 2 }] });
        await desk.LendAsync(desk.AinosCard, "i1");

        Assert.Equal(desk.Day(28), (await desk.RenewAsync(desk.AinosCard, "i1")).DueOn);
        await desk.PassAsync(5);
        Assert.Equal(desk.Day(28), (await desk.RenewAsync(desk.AinosCard, "i1")).DueOn);
        var third = await desk.RenewAsync(desk.AinosCard, "i1");
        Assert.Equal((false, Protos.Register.V1.LoanReason.RenewalLimit, desk.Day(28)), (third.Outcome.Done, third.Outcome.Reason, third.DueOn));
    }

    [Fact]
    public async Task Renewals_name_what_stands_against_them()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");

        Assert.Equal(NotTheBorrower, (await desk.RenewAsync(desk.VillesCard, "i1")).Outcome.Reason);
        Assert.Equal(NotOnLoan, (await desk.RenewAsync(desk.AinosCard, "i2")).Outcome.Reason);
        Assert.Equal(ItemUnknown, (await desk.RenewAsync(desk.AinosCard, "i9")).Outcome.Reason);
        Assert.Equal(TitleUnknown, (await desk.RenewAsync(desk.AinosCard, "", change: request => request.TitleId = "t9")).Outcome.Reason);
        Assert.Equal(Done, (await desk.RenewAsync(desk.VillesCard, "i1", change: request => request.ThirdParty = true)).Outcome.Reason);
    }

    [Fact]
    public async Task A_late_loan_costs_its_fee_when_it_is_renewed()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(30);

        Assert.Equal(40, (await desk.RenewAsync(desk.AinosCard, "i1")).Outcome.FeeCents);
        Assert.Equal(0, (await desk.ReturnAsync("i1")).Outcome.FeeCents);
    }

    [Fact]
    public async Task All_loans_are_renewed_and_each_says_why_not()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.ItemAsync("i3", record => record.ItemType = "quick-loan");
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.LendAsync(desk.AinosCard, "i3");

        var answer = await desk.Register.Loans.RenewAll(new RenewAllRequest { Act = desk.Act(), Borrower = LoanDesk.With(desk.AinosCard) }, TestCall.Node());

        Assert.Equal("loans_renewed", answer.Outcome.MessageKey);
        Assert.Equal([("i3", false, Protos.Register.V1.LoanReason.RenewalLimit), ("i1", true, Done)], answer.Loans.Select(loan => (loan.ItemId, loan.Renewed, loan.Reason)));
    }

    private static LoanRecord Fee(string id, long cents) => new() { Kind = LoanRecordKind.Fee, Id = id, CustomerId = LoanDesk.Aino, FeeKind = "late", Cents = cents };

    [Fact]
    public async Task A_payment_that_a_machine_tells_again_under_its_own_number_is_booked_once_and_one_of_another_sum_or_number_is_another()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.TellAsync(new LoanRecord { Kind = LoanRecordKind.Fee, Id = "f1", CustomerId = LoanDesk.Aino, FeeKind = "late", Cents = 500 });
        await desk.PayAsync(desk.AinosCard, 100, change: request => request.PaymentId = "bk-1");
        desk.Register.Time.Advance(TimeSpan.FromMinutes(20));

        var again = await desk.PayAsync(desk.AinosCard, 100, change: request => request.PaymentId = "bk-1");

        Assert.Equal((true, 400L), (again.Outcome.Done, again.UnpaidCents));
        Assert.Equal(200, (await desk.PayAsync(desk.AinosCard, 200, change: request => request.PaymentId = "bk-1")).UnpaidCents);
        Assert.Equal(100, (await desk.PayAsync(desk.AinosCard, 100, change: request => request.PaymentId = "bk-2")).UnpaidCents);
    }
}
