using KioskLink.Protos.Register.V1;
using KioskLink.Register.Circulation;
using KioskLink.Register.Loans;
using NodaTime;
using static KioskLink.Protos.Register.V1.LoanReason;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>Acts that a machine was told no about while their answers were still to come.</summary>
public sealed class WithdrawnTests
{
    [Fact]
    public async Task A_withdrawn_loan_does_not_stand_nor_come_back_and_the_next_try_lends()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var act = desk.Act();
        Assert.True((await desk.LendAsync(desk.AinosCard, "i1", act)).Outcome.Done);

        var withdrawn = (await desk.WithdrawAsync(act)).Outcome;

        Assert.Equal((true, Done, false), (withdrawn.Done, withdrawn.Reason, withdrawn.Conflict));
        Assert.Equal(Withdrawn, (await desk.LendAsync(desk.AinosCard, "i1", act)).Outcome.Reason);
        Assert.Empty(desk.Loans);
        Assert.True((await desk.LendAsync(desk.VillesCard, "i1")).Outcome.Done);
        Assert.Empty(await desk.ConflictsAsync());
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task An_act_that_comes_after_its_withdrawal_is_not_done_whoever_tells_it(bool told)
    {
        await using var desk = await LoanDesk.OpenAsync();
        var act = told ? desk.Told(Duration.FromMinutes(1)) : desk.Act();

        await desk.WithdrawAsync(act);
        var late = (await desk.LendAsync(desk.AinosCard, "i1", act)).Outcome;

        Assert.Equal((false, Withdrawn), (late.Done, late.Reason));
        Assert.Empty(desk.Loans);
    }

    [Fact]
    public async Task An_act_that_is_withdrawn_twice_is_withdrawn_once()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var act = desk.Act();
        await desk.LendAsync(desk.AinosCard, "i1", act);
        var first = await desk.WithdrawAsync(act);
        await desk.LendAsync(desk.AinosCard, "i1");

        Assert.Equal(first, await desk.WithdrawAsync(act));
        Assert.Single(desk.Loans);
    }

    [Fact]
    public async Task A_loan_whose_item_was_lent_on_is_a_conflict_for_staff_and_the_other_loan_stands()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var act = desk.Act();
        await desk.LendAsync(desk.AinosCard, "i1", act);
        await desk.ReturnAsync("i1");
        await desk.LendAsync(desk.VillesCard, "i1");

        var withdrawn = (await desk.WithdrawAsync(act, "i1")).Outcome;

        Assert.Equal((true, Withdrawn), (withdrawn.Conflict, withdrawn.Reason));
        Assert.Single(desk.Loans);
        var conflict = Assert.Single(await desk.ConflictsAsync());
        Assert.Equal((act.TransactionId, "checkout", Withdrawn, "i1", LoanDesk.Aino), (conflict.TransactionId, conflict.Kind, conflict.Reason, conflict.ItemId, conflict.CustomerId));
        await desk.WithdrawAsync(act, "i1");
        Assert.Single(await desk.ConflictsAsync());
    }

    [Fact]
    public async Task A_withdrawn_renewal_gives_the_last_day_and_the_late_fee_back()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(30);
        var (before, act) = (desk.Loans.Single(), desk.Act());
        Assert.True((await desk.RenewAsync(desk.AinosCard, "i1", act)).Outcome.Done);

        await desk.WithdrawAsync(act, "i1");

        var after = desk.Loans.Single();
        Assert.Equal((before.DueOn, before.Renewals, before.RenewedFrom), (after.DueOn, after.Renewals, after.RenewedFrom));
        Assert.Equal(0, (await desk.AskAsync(desk.AinosCard)).FeesCents);
    }

    [Fact]
    public async Task A_withdrawn_return_gives_the_loan_back_as_it_was()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(30);
        var (before, act) = (desk.Loans.Single(), desk.Act());
        await desk.ReturnAsync("i1", act);

        await desk.WithdrawAsync(act, "i1");

        var after = desk.Loans.Single();
        Assert.Equal((before.LoanId, before.PatronId, before.DueOn, before.LoanedAt), (after.LoanId, after.PatronId, after.DueOn, after.LoanedAt));
        Assert.Equal(0, (await desk.AskAsync(desk.AinosCard)).FeesCents);
    }

    [Fact]
    public async Task A_withdrawn_hold_is_gone_and_a_withdrawn_payment_is_due_again()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.TellAsync(new LoanRecord { Kind = LoanRecordKind.Fee, Id = "f1", CustomerId = LoanDesk.Aino, FeeKind = "late", Cents = 300 });
        await desk.LendAsync(desk.VillesCard, "i1");
        var (hold, pay) = (desk.Act(), desk.Act());
        await desk.HoldAsync(desk.AinosCard, "i1", hold);
        await desk.PayAsync(desk.AinosCard, 300, pay);

        await desk.WithdrawAsync(hold, "i1");
        await desk.WithdrawAsync(pay);

        Assert.Empty(desk.Rows(db => db.Set<HoldRow>().ToList()));
        Assert.Empty(desk.Rows(db => db.Set<PaymentRow>().ToList()));
        Assert.Equal(300, (await desk.AskAsync(desk.AinosCard)).FeesCents);
        Assert.True((await desk.PayAsync(desk.AinosCard, 300)).Outcome.Done);
    }
}
