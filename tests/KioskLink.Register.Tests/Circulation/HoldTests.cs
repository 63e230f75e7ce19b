using KioskLink.Protos.Register.V1;
using KioskLink.Register.Circulation;
using KioskLink.Register.Jobs;
using KioskLink.Register.Loans;
using static KioskLink.Protos.Register.V1.LoanReason;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>Holds: the queue, the shelf, and who is next.</summary>
public sealed class HoldTests
{
    [Fact]
    public async Task R22_Who_came_first_gets_the_copy_that_comes_back_and_where_it_is_picked_up()
    {
        await using var desk = await OpenAsync();
        var third = await desk.Register.PatronAsync("10003", 3);
        await desk.LendAsync(third, "c1");
        await desk.LendAsync(third, "c2");
        Assert.Equal(1, (await desk.HoldAsync(desk.VillesCard, "c1", change: request => request.PickUpBranch = TestRegister.Other)).QueuePosition);
        Assert.Equal(2, (await desk.HoldAsync(desk.AinosCard, "c2")).QueuePosition);

        var first = await desk.ReturnAsync("c2");
        Assert.Equal(("02", TestRegister.Other, ItemStatus.InTransit), (first.Alert, first.Destination, first.Item.Status));
        var second = await desk.ReturnAsync("c1");
        Assert.Equal(("01", "", ItemStatus.OnHoldShelf, desk.Day(7)), (second.Alert, second.Destination, second.Item.Status, second.Item.PickUpBy));
        var arrived = await desk.ReturnAsync("c2", call: TestCall.Node("other", TestRegister.Other));
        Assert.Equal(("01", "", ItemStatus.OnHoldShelf), (arrived.Alert, arrived.Destination, arrived.Item.Status));

        Assert.Equal(["Title c"], (await desk.AskAsync(desk.AinosCard, change: request => request.List = PatronListKind.HoldsReady)).Entries);
        Assert.Equal(ItemOnHold, (await desk.LendAsync(desk.VillesCard, "c1")).Outcome.Reason);
        Assert.Equal(Done, (await desk.LendAsync(desk.AinosCard, "c1")).Outcome.Reason);
        Assert.Equal(0, (await desk.AskAsync(desk.AinosCard)).HoldsReady);
    }

    [Fact]
    public async Task A_copy_on_the_shelf_is_lent_unless_the_queue_needs_it()
    {
        await using var desk = await OpenAsync();
        await desk.HoldAsync(desk.VillesCard, "c1");

        Assert.Equal(Done, (await desk.LendAsync(desk.AinosCard, "c1")).Outcome.Reason);
        Assert.Equal(ItemOnHold, (await desk.LendAsync(desk.AinosCard, "c2")).Outcome.Reason);
        Assert.Equal(Done, (await desk.LendAsync(desk.VillesCard, "c2")).Outcome.Reason);
        Assert.Empty(desk.Rows(db => db.Set<HoldRow>().ToList()));
    }

    [Fact]
    public async Task A_loan_that_others_wait_for_is_not_renewed()
    {
        await using var desk = await OpenAsync();
        await desk.LendAsync(desk.AinosCard, "c1");
        await desk.LendAsync(desk.AinosCard, "c2");
        await desk.HoldAsync(desk.VillesCard, "c1");

        Assert.Equal(ItemOnHold, (await desk.RenewAsync(desk.AinosCard, "c1")).Outcome.Reason);
    }

    [Fact]
    public async Task When_a_hold_is_called_off_its_copy_is_for_who_is_next()
    {
        await using var desk = await OpenAsync();
        await desk.LendAsync(desk.AinosCard, "c1", change: null);
        await desk.LendAsync(desk.AinosCard, "c2");
        var third = await desk.Register.PatronAsync("10003", 3);
        await desk.HoldAsync(desk.VillesCard, "c1");
        await desk.HoldAsync(third, "c1");
        await desk.ReturnAsync("c1");

        Assert.Equal(Done, (await desk.HoldAsync(desk.VillesCard, "c1", change: request => request.Action = HoldAction.Cancel)).Outcome.Reason);

        Assert.Equal(1, (await desk.AskAsync(third)).HoldsReady);
        Assert.Equal(HoldUnknown, (await desk.HoldAsync(desk.VillesCard, "c1", change: request => request.Action = HoldAction.Cancel)).Outcome.Reason);
    }

    [Fact]
    public async Task What_nobody_fetches_is_for_who_is_next_and_at_last_back_on_the_shelf()
    {
        await using var desk = await OpenAsync();
        await desk.LendAsync(desk.AinosCard, "c1");
        await desk.LendAsync(desk.AinosCard, "c2");
        await desk.HoldAsync(desk.VillesCard, "c1");
        await desk.ReturnAsync("c1");
        await desk.HoldAsync(desk.AinosCard, "c1");

        await desk.PassAsync(7);
        await RunAsync(desk);
        Assert.Equal(1, (await desk.AskAsync(desk.VillesCard)).HoldsReady);
        await desk.PassAsync(1);
        await RunAsync(desk);
        Assert.Equal(0, (await desk.AskAsync(desk.VillesCard)).HoldsReady);
        Assert.Equal(1, (await desk.AskAsync(desk.AinosCard)).HoldsReady);

        await desk.PassAsync(8);
        await RunAsync(desk);
        Assert.Equal(ItemStatus.Available, (await desk.ItemOfAsync("c1")).Status);
    }

    [Fact]
    public async Task A_hold_has_its_limits_and_is_placed_once()
    {
        await using var desk = await OpenAsync();
        await desk.HoldAsync(desk.AinosCard, "c1");

        Assert.Equal(Protos.Register.V1.LoanReason.HoldExists, (await desk.HoldAsync(desk.AinosCard, "c2")).Outcome.Reason);
        Assert.Equal(Protos.Register.V1.LoanReason.HoldLimit, (await desk.HoldAsync(desk.AinosCard, "i1", change: null)).Outcome.Reason);
        Assert.Equal(BranchUnknown, (await desk.HoldAsync(desk.VillesCard, "c1", change: request => request.PickUpBranch = "nowhere")).Outcome.Reason);
        Assert.Equal(TitleUnknown, (await desk.HoldAsync(desk.VillesCard, "", change: request => request.TitleId = "t9")).Outcome.Reason);
        Assert.Equal(ItemUnknown, (await desk.HoldAsync(desk.VillesCard, "i9")).Outcome.Reason);
        Assert.Equal(Done, (await desk.HoldAsync(desk.VillesCard, "", change: request => request.TitleId = "t1")).Outcome.Reason);
    }

    [Fact]
    public async Task R22_A_loan_that_a_machine_undoes_gives_the_hold_back_with_its_place_in_the_queue()
    {
        await using var desk = await OpenAsync();
        var third = await desk.Register.PatronAsync("10003", 3);
        await desk.LendAsync(third, "c1");
        var hold = await desk.HoldAsync(desk.AinosCard, "c1");
        await desk.HoldAsync(desk.VillesCard, "c1");
        await desk.LendAsync(desk.AinosCard, "c2");
        Assert.Single(desk.Rows(db => db.Set<HoldRow>().ToList()));

        Assert.True((await desk.ReturnAsync("c2", change: request => request.Cancels = true)).Outcome.Done);

        Assert.Equal(hold.HoldId, desk.Rows(db => db.Set<HoldRow>().OrderBy(row => row.Arrival).ToList())[0].HoldId);
        Assert.Equal(ItemOnHold, (await desk.LendAsync(third, "c2")).Outcome.Reason);
        await desk.ReturnAsync("c1");
        Assert.Equal(1, (await desk.AskAsync(desk.AinosCard)).HoldsReady);
    }

    [Fact]
    public async Task R22_A_copy_that_was_set_aside_is_so_again_when_its_loan_is_undone()
    {
        await using var desk = await OpenAsync();
        await desk.LendAsync(desk.VillesCard, "c1");
        await desk.LendAsync(desk.VillesCard, "c2");
        await desk.HoldAsync(desk.AinosCard, "c1");
        await desk.ReturnAsync("c1");
        await desk.LendAsync(desk.AinosCard, "c1");

        await desk.ReturnAsync("c1", change: request => request.Cancels = true);

        var back = Assert.Single(desk.Rows(db => db.Set<HoldRow>().ToList()));
        Assert.Equal(("c1", desk.Day(7)), (back.ItemId, back.PickUpBy));
        Assert.Equal(ItemStatus.OnHoldShelf, (await desk.ItemOfAsync("c1")).Status);
    }

    [Fact]
    public async Task A_hold_that_the_library_system_tells_again_keeps_the_copy_that_was_set_aside_for_it()
    {
        await using var desk = await OpenAsync();
        var told = new LoanRecord { Kind = LoanRecordKind.Hold, Id = "h1", CustomerId = LoanDesk.Ville, Title = "Title c", TitleId = "t1", BranchId = TestRegister.Main };
        await desk.TellAsync(told);
        await desk.LendAsync(desk.AinosCard, "c1");
        await desk.ReturnAsync("c1");
        var before = Assert.Single(desk.Rows(db => db.Set<HoldRow>().ToList()));

        await desk.TellAsync(told);

        Assert.Equal(("c1", desk.Day(7)), (before.ItemId, before.PickUpBy));
        Assert.Equal(before, Assert.Single(desk.Rows(db => db.Set<HoldRow>().ToList())));
        Assert.Equal(ItemOnHold, (await desk.LendAsync(desk.AinosCard, "c1")).Outcome.Reason);
    }

    [Fact]
    public async Task A_hold_moves_to_another_branch_and_its_copy_with_it()
    {
        await using var desk = await OpenAsync();
        await desk.LendAsync(desk.VillesCard, "c1");
        await desk.LendAsync(desk.VillesCard, "c2");
        await desk.HoldAsync(desk.AinosCard, "c1");
        await desk.ReturnAsync("c1");

        var moved = await desk.HoldAsync(desk.AinosCard, "c1", change: request => (request.Action, request.PickUpBranch) = (HoldAction.Change, TestRegister.Other));

        Assert.Equal((Done, "hold_changed", TestRegister.Other), (moved.Outcome.Reason, moved.Outcome.MessageKey, moved.PickUpBranch));
        Assert.Equal(ItemStatus.InTransit, (await desk.ItemOfAsync("c1")).Status);
        Assert.Equal("01", (await desk.ReturnAsync("c1", call: TestCall.Node("other", TestRegister.Other))).Alert);
    }

    private static async Task<LoanDesk> OpenAsync()
    {
        var desk = await LoanDesk.OpenAsync(rules => rules with { HoldLimit = 1 });
        foreach (var copy in new[] { "c1", "c2" })
        {
            await desk.ItemAsync(copy, record => (record.Title, record.TitleId) = ("Title c", "t1"));
        }

        return desk;
    }

    private static Task<string> RunAsync(LoanDesk desk) =>
        new HoldShelfJob(desk.Register.Core).RunAsync(new JobCall(JobCall.System, desk.Register.Now, desk.Register.Now), CancellationToken.None);
}
