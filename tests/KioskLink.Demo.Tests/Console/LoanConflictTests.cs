using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What machines noted while the register was away, and what speaks against it, is settled by a librarian.</summary>
[Collection(nameof(RunningConsole))]
public sealed class LoanConflictTests(RunningConsole console)
{
    [Fact]
    public async Task A_conflict_is_settled_with_words_about_how_and_never_without()
    {
        var loans = new LoanService.LoanServiceClient(console.Register);
        await loans.CheckOutAsync(new CheckOutRequest
        {
            Act = new Act { TransactionId = "conflict-1", DeviceId = "selfcheck-1", NoBlock = true, BranchId = Pages.Branch },
            Borrower = new Borrower { CustomerId = "demo-kerttu" },
            ItemId = "unknown-item-1",
        });
        var page = await console.PageAsync("en");
        await page.GotoAsync("/loans/conflicts");
        var row = page.Locator("tbody tr").Filter(new() { HasText = "unknown-item-1" });
        await Expect(row).ToContainTextAsync("The item is unknown");
        await Expect(row).ToContainTextAsync("demo-kerttu");

        await row.GetByText("Settle it …").ClickAsync();
        await row.GetByLabel("How it was settled").FillAsync("asked by 010594Y9032");
        await row.GetByRole(AriaRole.Button, new() { Name = "Save the settlement" }).ClickAsync();
        await Expect(page.GetByText("Leave out identity codes, card numbers and registration numbers.").First).ToBeVisibleAsync();
        await row.GetByLabel("How it was settled").FillAsync("the item was found on the shelf");
        await row.GetByRole(AriaRole.Button, new() { Name = "Save the settlement" }).ClickAsync();

        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The settlement is stored.");
        await Expect(row).ToHaveCountAsync(0);
        await page.GetByRole(AriaRole.Link, new() { Name = "Settled" }).ClickAsync();
        await Expect(row).ToContainTextAsync("the item was found on the shelf");
        Assert.DoesNotContain((await loans.ListLoanConflictsAsync(new ListLoanConflictsRequest())).Conflicts, one => one.TransactionId == "conflict-1");
    }
}
