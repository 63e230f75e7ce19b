using KioskLink.Protos.Register.V1;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Staff;

/// <summary>A librarian at the desk while the register is away, in Debian's Chromium, with the real node and register.</summary>
[Collection(nameof(RunningStaffPages))]
public sealed class DeskPageTests(RunningStaffPages staff)
{
    private const string Aino = "29909090000018";

    [Fact]
    public async Task During_an_outage_a_librarian_checks_cards_by_what_the_node_holds_and_no_number_is_in_an_address()
    {
        foreach (var step in new[] { $"card {Aino}", "pin 2601", "expect GRANTED", "door locked" })
            await staff.StepAsync(step);
        var factor = await staff.HireAsync("lempi", StaffRole.Librarian);
        var page = await staff.StrangersPageAsync();
        var addresses = new List<string>();
        page.Request += (_, request) => addresses.Add(request.Url);
        await staff.SignInAsync(page, "lempi", factor);
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await staff.StepAsync("network cut");
        try
        {
            await staff.SignInAsync(page, "lempi", null);
            await CheckAsync(page, Aino);
            await Expect(page.Locator(".answer")).ToHaveTextAsync("The card is in order: it may borrow");
            await Expect(page.Locator("main")).ToContainTextAsync("The number ends in 0018");
            await page.ScreenshotAsync(new() { Path = Console.PageLook.PictureOf("node-desk", "checked"), FullPage = true });
            await CheckAsync(page, "29909090000927");
            await Expect(page.Locator(".answer")).ToContainTextAsync("Nothing can be said about it until the register is back");
            await CheckAsync(page, "1234");
            await Expect(page.Locator(".answer")).ToContainTextAsync("This is no library card's number");
        }
        finally
        {
            await staff.StepAsync("network restore");
        }
        Assert.DoesNotContain(addresses, address => address.Contains("0018", StringComparison.Ordinal));
        Assert.DoesNotContain(Aino, await page.ContentAsync(), StringComparison.Ordinal);
    }

    private static async Task CheckAsync(IPage page, string card)
    {
        await page.Locator("#card").FillAsync(card);
        await page.GetByRole(AriaRole.Button, new() { Name = "Check" }).ClickAsync();
    }
}
