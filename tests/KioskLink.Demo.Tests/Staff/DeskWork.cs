using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Staff;

/// <summary>What a librarian does at the desk's page, and what the register knows of it.</summary>
internal sealed class DeskWork(RunningStaffPages staff)
{
    /// <summary>A librarian's first visit, signed in with the register.</summary>
    public async Task<IPage> HireAsync(string user)
    {
        var factor = await staff.HireAsync(user, StaffRole.Librarian);
        var page = await staff.StrangersPageAsync();
        await staff.SignInAsync(page, user, factor);
        await page.WaitForURLAsync("**/desk");
        return page;
    }

    /// <summary>Notes something; returns when the page says that it is noted.</summary>
    public static async Task NoteAsync(IPage page, string kind, string? card, string item, string branch = "")
    {
        await page.GetByRole(AriaRole.Link, new() { Name = kind, Exact = true }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = kind, Exact = true })).ToHaveAttributeAsync("aria-current", "page");
        if (card is not null)
            await page.Locator("#note-card").FillAsync(card);
        await page.Locator("#note-item").FillAsync(item);
        if (branch.Length > 0)
            await page.Locator("#note-branch").FillAsync(branch);
        await page.GetByRole(AriaRole.Button, new() { Name = "Note the" }).ClickAsync();
        await Expect(page.GetByText("Noted: ")).ToBeVisibleAsync();
    }

    /// <summary>The rows of the list that tell of something.</summary>
    public static ILocator Row(IPage page, string text) => page.GetByRole(AriaRole.Row).Filter(new() { HasText = text });

    /// <summary>The patron's loans of an item, as the register has them.</summary>
    public async Task<IReadOnlyList<Loan>> LoansAsync(string customer, string item)
    {
        var listed = await new LoanService.LoanServiceClient(staff.Register).ListLoansAsync(new ListLoansRequest { CustomerId = customer });
        return [.. listed.Loans.Where(loan => loan.ItemId == item)];
    }
}
