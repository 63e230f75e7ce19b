using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Tests.Circulation;

/// <summary>Items as the library system tells of them and machines see them.</summary>
public sealed class ItemTests
{
    [Fact]
    public async Task An_item_is_shown_as_the_library_system_told_and_says_nothing_of_whose_loan_it_is()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.ItemAsync("i7", record =>
        {
            (record.ItemType, record.TitleId, record.HomeBranch, record.CallNumber, record.Collection) = ("movie", "t7", TestRegister.Other, "78.89 TES", "music");
            (record.Media, record.Magnetic) = ("005", true);
        });
        await desk.LendAsync(desk.AinosCard, "i7");

        var item = await desk.ItemOfAsync("i7");

        Assert.Equal(("movie", "t7", TestRegister.Other, "78.89 TES", "music", "005", true, "Lahti"),
            (item.Type, item.TitleId, item.HomeBranch, item.CallNumber, item.Collection, item.Media, item.Magnetic, item.Owner));
        Assert.Equal((ItemStatus.OnLoan, desk.Day(14), TestRegister.Main), (item.Status, item.DueOn, item.BranchId));
        Assert.DoesNotContain("1000", item.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("item_type")]
    [InlineData("media")]
    public async Task A_record_of_an_item_names_the_field_that_is_wrong(string field)
    {
        await using var desk = await LoanDesk.OpenAsync();
        var record = new LoanRecord { Kind = LoanRecordKind.Item, Id = "i8", Title = "Title", Owner = "Lahti" };
        (record.ItemType, record.Media) = field == "item_type" ? ("papyrus", "") : ("", "999");

        var told = await desk.Register.Loans.ImportLoans(new ImportLoansRequest { Records = { record } }, TestCall.Admin());

        Assert.Equal(field, Assert.Single(told.Problems).Field);
    }

    [Fact]
    public async Task What_the_library_system_tells_again_leaves_what_machines_did()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await WriteAsync(desk, "weight 300");
        await desk.ReturnAsync("i1");

        await desk.ItemAsync("i1", record => record.Title = "Another title");

        var item = await desk.ItemOfAsync("i1");
        Assert.Equal(("Another title", "weight 300", TestRegister.Main), (item.Title, item.Properties, item.BranchId));
    }

    [Fact]
    public async Task A_machine_writes_an_item_s_properties_and_none_of_an_unknown_item()
    {
        await using var desk = await LoanDesk.OpenAsync();

        Assert.Equal("weight 300", (await WriteAsync(desk, "weight 300")).Item.Properties);
        Assert.Equal("weight 300", (await desk.ItemOfAsync("i1")).Properties);
        Assert.Equal("", (await WriteAsync(desk, "")).Item.Properties);
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "properties", () => WriteAsync(desk, new string('x', 256)));
        await Refusals.RefusedAsync(StatusCode.NotFound, "item", () => WriteAsync(desk, "weight 300", "i9"));
    }

    [Fact]
    public async Task An_item_that_the_library_system_misses_is_missing_until_it_comes_back()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.ItemAsync("i1", record => record.Missing = true);
        Assert.Equal(ItemStatus.Missing, (await desk.ItemOfAsync("i1")).Status);

        await desk.ReturnAsync("i1");

        Assert.Equal(ItemStatus.Available, (await desk.ItemOfAsync("i1")).Status);
    }

    [Fact]
    public async Task Many_payments_at_once_pay_no_fee_twice()
    {
        await using var desk = await LoanDesk.OpenAsync();
        await desk.TellAsync(new LoanRecord { Kind = LoanRecordKind.Fee, Id = "f1", CustomerId = LoanDesk.Aino, FeeKind = "late", Cents = 300 });

        var paid = await Task.WhenAll(Enumerable.Range(0, 60).Select(_ => Task.Run(() => desk.PayAsync(desk.AinosCard, 100))));

        Assert.Equal(3, paid.Count(answer => answer.Outcome.Done));
        Assert.Equal(300, desk.Rows(db => db.Set<Register.Circulation.PaymentRow>().Sum(row => row.Cents)));
    }

    private static Task<GetItemResponse> WriteAsync(LoanDesk desk, string properties, string item = "i1") =>
        desk.Register.Loans.GetItem(new GetItemRequest { ItemId = item, DeviceId = "machine", Properties = properties }, TestCall.Node());
}
