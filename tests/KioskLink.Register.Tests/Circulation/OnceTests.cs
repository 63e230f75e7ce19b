using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Circulation;
using KioskLink.Register.Jobs;
using Microsoft.Data.Sqlite;
using static KioskLink.Protos.Register.V1.LoanReason;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>The same act gets the same answer and is done once, whatever happens to the register meanwhile.</summary>
public sealed class OnceTests
{
    [Fact]
    public async Task A_repeated_act_gets_the_same_answer_and_changes_nothing()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var (lend, hand, pay) = (desk.Act(), desk.Act(), desk.Act());
        await desk.TellAsync(new LoanRecord { Kind = LoanRecordKind.Fee, Id = "f1", CustomerId = LoanDesk.Aino, FeeKind = "late", Cents = 300 });

        var first = await desk.LendAsync(desk.AinosCard, "i1", lend);
        var (back, paid) = (await desk.ReturnAsync("i1", hand), await desk.PayAsync(desk.AinosCard, 100, pay));

        Assert.Equal(first, await desk.LendAsync(desk.AinosCard, "i1", lend));
        Assert.Equal(back, await desk.ReturnAsync("i1", hand));
        Assert.Equal(paid, await desk.PayAsync(desk.AinosCard, 100, pay));
        Assert.Empty(desk.Loans);
        Assert.Equal(200, (await desk.AskAsync(desk.AinosCard)).FeesCents);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_repeated_act_gets_the_same_answer_after_a_restart_or_a_power_cut(bool crash)
    {
        await using var desk = await LoanDesk.OpenAsync();
        var (lend, refused) = (desk.Act(), desk.Act());
        var first = await desk.LendAsync(desk.AinosCard, "i1", lend);
        var second = await desk.LendAsync(desk.VillesCard, "i1", refused);

        await (crash ? desk.Register.CrashAsync() : desk.Register.RestartAsync());

        Assert.Equal(first, await desk.LendAsync(desk.AinosCard, "i1", lend));
        Assert.Equal(second, await desk.LendAsync(desk.VillesCard, "i1", refused));
        Assert.Single(desk.Loans);
    }

    [Fact]
    public async Task Many_repeats_at_once_are_one_act()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var proof = (await desk.AskAsync(desk.AinosCard)).Proof;
        var act = desk.Act();

        var answers = await Task.WhenAll(Enumerable.Range(0, 100).Select(_ => Task.Run(() =>
            desk.LendAsync(desk.AinosCard, "i1", act, request => (request.Borrower.Pin, request.Borrower.Proof) = (TestRegister.Digits(""), proof)))));

        Assert.Single(answers.Distinct());
        Assert.Equal(0, Assert.Single(desk.Loans).Renewals);
    }

    [Fact]
    public async Task Two_callers_may_use_the_same_id_and_one_caller_not_for_two_kinds_of_acts()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var act = desk.Act();

        Assert.Equal(Done, (await desk.LendAsync(desk.AinosCard, "i1", act)).Outcome.Reason);
        Assert.Equal(ItemOnLoan, (await desk.LendAsync(desk.VillesCard, "i1", act, call: TestCall.Node("main-back"))).Outcome.Reason);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "transaction_id", () => desk.ReturnAsync("i1", act));
    }

    [Fact]
    public async Task An_act_is_kept_for_sixty_days_and_its_row_tells_nothing_of_whose_it_was()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        var (aino, row) = (desk.Register.Card(desk.AinosCard).PatronId, desk.Rows(db => db.Set<ActRow>().Single()));
        var answer = CheckOutResponse.Parser.ParseFrom(row.Answer).ToString();

        Assert.DoesNotContain("Koivunen", answer, StringComparison.Ordinal);
        Assert.DoesNotContain(LoanDesk.Aino, answer, StringComparison.Ordinal);
        Assert.DoesNotContain(desk.AinosCard, answer, StringComparison.Ordinal);
        Assert.True(aino > 0);

        await desk.PassAsync(59);
        await RunAsync(desk);
        Assert.Single(desk.Rows(db => db.Set<ActRow>().ToList()));
        await desk.PassAsync(2);
        await RunAsync(desk);
        Assert.Empty(desk.Rows(db => db.Set<ActRow>().ToList()));
    }

    [Fact]
    public async Task The_database_itself_lends_an_item_once()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        var second = desk.Loans[0] with { LoanId = "second" };

        var problem = await Assert.ThrowsAnyAsync<Exception>(() => desk.Register.Core.Lane.WriteAsync(scope => Rows.Add(scope, second)));

        Assert.IsType<SqliteException>(problem.InnerException);
    }

    private static Task<string> RunAsync(LoanDesk desk) =>
        new HoldShelfJob(desk.Register.Core).RunAsync(new JobCall(JobCall.System, desk.Register.Now, desk.Register.Now), CancellationToken.None);
}
