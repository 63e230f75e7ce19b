using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Loans;
using KioskLink.Register.Tests.Circulation;

namespace KioskLink.Register.Tests.Outages;

/// <summary>Renewals, holds and availability during a break (R84).</summary>
public sealed class CirculationOutageTests
{
    private static readonly Dictionary<string, Func<LoanDesk, Task>> Calls = new()
    {
        ["Renew"] = desk => desk.RenewAsync(desk.AinosCard, "i1"),
        ["RenewAll"] = desk => desk.Register.Loans.RenewAll(new RenewAllRequest { Act = desk.Act(), Borrower = LoanDesk.With(desk.AinosCard) }, TestCall.Node()),
        ["PlaceHold"] = desk => desk.HoldAsync(desk.VillesCard, "i1"),
        ["GetItem"] = desk => desk.ItemOfAsync("i1"),
        ["GetItem that writes"] = desk => WriteAsync(desk, "weight 300"),
    };

    [Theory]
    [InlineData("Renew", LibraryService.Renewals)]
    [InlineData("RenewAll", LibraryService.Renewals)]
    [InlineData("PlaceHold", LibraryService.Holds)]
    [InlineData("GetItem", LibraryService.Availability)]
    [InlineData("GetItem that writes", LibraryService.Availability)]
    public async Task R84_Renew_RenewAll_PlaceHold_and_GetItem_answer_UNAVAILABLE_MAINTENANCE(string call, LibraryService service)
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(3);
        var before = Kept(desk);
        var outage = (await desk.Register.Outages.AddOutage(OutageTests.Unplanned(service), TestCall.Admin())).Outage;

        await Refusals.RefusedAsync(StatusCode.Unavailable, "MAINTENANCE", () => Calls[call](desk));
        Assert.Equal(before, Kept(desk));
        await desk.Register.Outages.EndOutage(new EndOutageRequest { OutageId = outage.Id }, TestCall.Admin());

        await Calls[call](desk);
        Assert.Equal(call == "GetItem", before == Kept(desk));
    }

    [Fact]
    public async Task R84_A_break_of_availability_at_a_branch_leaves_the_items_of_another_branch_s_machines_alone_and_staff_looks_at_them_as_at_loans()
    {
        await using var desk = await LoanDesk.OpenAsync();
        var request = OutageTests.Unplanned(LibraryService.Availability);
        request.Outage.Scope = OutageScope.Branch;
        request.Outage.BranchIds.Add(TestRegister.Main);
        await desk.Register.Outages.AddOutage(request, TestCall.Admin());

        await Refusals.RefusedAsync(StatusCode.Unavailable, "MAINTENANCE", () => desk.ItemOfAsync("i1"));
        Assert.Equal("i1", (await AskAsync(TestCall.Node("other", TestRegister.Other))).Item.Id);
        Assert.Equal("i1", (await AskAsync(TestCall.Of(CallerRole.Librarian, "librarian"))).Item.Id);

        Task<GetItemResponse> AskAsync(ServerCallContext call) => desk.Register.Loans.GetItem(new GetItemRequest { ItemId = "i1", DeviceId = "machine" }, call);
    }

    [Fact]
    public async Task R84_A_machine_lends_and_takes_back_while_availability_alone_is_down()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.Register.Outages.AddOutage(OutageTests.Unplanned(LibraryService.Availability), TestCall.Admin());

        Assert.True((await desk.LendAsync(desk.AinosCard, "i1")).Outcome.Done);
        Assert.True((await desk.ReturnAsync("i1")).Outcome.Done);
    }

    [Fact]
    public async Task R82_R84_Staff_lends_renews_and_holds_by_hand_while_the_services_of_machines_are_down()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.LendAsync(desk.AinosCard, "i1");
        await desk.PassAsync(3);
        foreach (var service in new[] { LibraryService.Checkout, LibraryService.Renewals, LibraryService.Holds })
        {
            await desk.Register.Outages.AddOutage(OutageTests.Unplanned(service), TestCall.Admin());
        }

        foreach (var call in new Func<Task>[] { () => desk.RenewAsync(desk.AinosCard, "i1"), () => desk.HoldAsync(desk.VillesCard, "i1"), () => desk.LendAsync(desk.AinosCard, "i2"), () => desk.AskAsync(desk.AinosCard) })
        {
            await Refusals.RefusedAsync(StatusCode.Unavailable, "MAINTENANCE", call);
        }

        var librarian = TestCall.Of(CallerRole.Librarian, "librarian");
        Assert.True((await desk.Register.Loans.Renew(new RenewRequest { Act = desk.Act(), Borrower = LoanDesk.With(desk.AinosCard), ItemId = "i1" }, librarian)).Outcome.Done);
        Assert.Equal(LoanReason.Done, (await desk.Register.Loans.PlaceHold(new PlaceHoldRequest { Act = desk.Act(), Borrower = LoanDesk.With(desk.VillesCard), ItemId = "i1", Action = HoldAction.Place, PickUpBranch = TestRegister.Main }, librarian)).Outcome.Reason);
        Assert.True((await desk.LendAsync(desk.AinosCard, "i2", call: librarian)).Outcome.Done);
        Assert.True((await desk.AskAsync(desk.AinosCard, call: librarian)).Known);
    }

    private static Task<GetItemResponse> WriteAsync(LoanDesk desk, string properties) =>
        desk.Register.Loans.GetItem(new GetItemRequest { ItemId = "i1", DeviceId = "machine", Properties = properties }, TestCall.Node());

    private static (string DueOn, int Holds, string Properties) Kept(LoanDesk desk) => desk.Rows(db => (
        db.Set<LoanRow>().Single().DueOn, db.Set<HoldRow>().Count(), db.Set<ItemRow>().Single(item => item.ItemId == "i1").Properties));
}
