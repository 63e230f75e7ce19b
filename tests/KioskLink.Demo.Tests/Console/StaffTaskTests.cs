using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What an administrator does with an account that stands: its roles, its lock, its second factor.</summary>
[Collection(nameof(RunningConsole))]
public sealed class StaffTaskTests(RunningConsole console)
{
    [Fact]
    public async Task Roles_are_given_and_taken_and_an_account_without_any_is_refused()
    {
        var (page, row) = await OpenAsync("sanna", "Sanna Siirtyvä");
        await row.GetByText("Change …").ClickAsync();
        await row.GetByLabel("Technician").CheckAsync();
        await row.GetByLabel("Librarian").UncheckAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Save the roles" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The roles of Sanna Siirtyvä are stored.");
        await Expect(row.Locator("td").First).ToHaveTextAsync("Technician");

        await row.GetByText("Change …").ClickAsync();
        await row.GetByLabel("Technician").UncheckAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Save the roles" }).ClickAsync();
        await Expect(row.Locator(".problem").First).ToBeVisibleAsync();
        Assert.Equal([StaffRole.Technician], (await AccountAsync("sanna")).Roles);
    }

    [Fact]
    public async Task An_account_is_locked_for_a_reason_only_and_unlocked_again()
    {
        var (page, row) = await OpenAsync("lasse", "Lasse Lukittu");
        await row.GetByText("Change …").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Lock the account" }).ClickAsync();
        await Expect(row.GetByText("Write why this is done.")).ToBeVisibleAsync();
        Assert.False((await AccountAsync("lasse")).Locked);

        await row.GetByLabel("Reason").FillAsync("On leave until spring");
        await row.GetByRole(AriaRole.Button, new() { Name = "Lock the account" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The account is locked: Lasse Lukittu.");
        await Expect(row.Locator(".tag").First).ToHaveTextAsync("Locked");

        await row.GetByText("Change …").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Unlock" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("The account is unlocked: Lasse Lukittu.");
        Assert.False((await AccountAsync("lasse")).Locked);
    }

    [Fact]
    public async Task A_lost_second_factor_is_reset_and_the_new_secret_is_shown_once()
    {
        var (page, row) = await OpenAsync("reija", "Reija Unohtava");
        await row.GetByText("Change …").ClickAsync();
        await row.GetByRole(AriaRole.Button, new() { Name = "Reset password and factor" }).ClickAsync();
        await Expect(page.GetByText("One-time secret: Reija Unohtava")).ToBeVisibleAsync();
        await Expect(page.Locator(".secret")).Not.ToBeEmptyAsync();

        await page.GotoAsync("/staff");
        await Expect(page.Locator(".secret")).ToHaveCountAsync(0);
        await Expect(page.Locator("tr").Filter(new() { HasText = "reija" }).Locator(".tag").First).ToHaveTextAsync("To be set up");
    }

    private async Task<(IPage Page, ILocator Row)> OpenAsync(string user, string person)
    {
        await Staff.CreateAccountAsync(new CreateAccountRequest { UserName = user, PersonName = person, Roles = { StaffRole.Librarian } });
        var page = await console.PageAsync("en");
        await page.GotoAsync("/staff");
        return (page, page.Locator("tr").Filter(new() { HasText = person }));
    }

    private async Task<StaffAccount> AccountAsync(string user) =>
        (await Staff.ListAccountsAsync(new ListAccountsRequest { PageSize = 100 })).Accounts.Single(account => account.UserName == user);

    private StaffService.StaffServiceClient Staff => new(console.Register);
}
