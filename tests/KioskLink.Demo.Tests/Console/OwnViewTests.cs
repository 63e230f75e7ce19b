using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What patrons see and do with their own card and PIN (R32), on a telephone.</summary>
[Collection(nameof(RunningConsole))]
public sealed class OwnViewTests(RunningConsole console)
{
    private const int Width = 390;
    private const int Height = 844;
    private static readonly string[] Own = ["/my", "/my/contact", "/my/pin"];

    [Fact]
    public async Task R32_A_patron_signs_in_with_card_and_pin_and_changes_the_own_contact_data()
    {
        var page = await SignedInAsync("sv", "29909090000026", "3712");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Björn Exempel");
        await page.GetByRole(AriaRole.Link, new() { Name = "Ändra kontaktuppgifter" }).ClickAsync();
        await page.GetByLabel("Gatuadress").FillAsync("Provgatan 1 A 2");
        await page.GetByLabel("Postnummer").FillAsync("15100");
        await page.GetByLabel("Postanstalt").FillAsync("Lahti");
        await page.GetByLabel("E-post", new() { Exact = true }).FillAsync("bjorn@example.invalid");
        await page.GetByRole(AriaRole.Button, new() { Name = "Spara" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Kontaktuppgifterna är sparade.");
        await Expect(page.GetByText("Provgatan 1 A 2, 15100 Lahti")).ToBeVisibleAsync();
    }

    [Fact]
    public async Task R32_A_wrong_pin_shows_nothing_of_the_card()
    {
        var page = await console.PageAsync("en", Width, Height, signedIn: false);
        await page.GotoAsync("/my");
        await page.GetByLabel("Library card number").FillAsync("29909090000034");
        await page.GetByLabel("PIN").FillAsync("1111");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("strong.problem")).ToHaveTextAsync("The card number or the PIN is wrong.");
        await page.GotoAsync("/my");
        Assert.Contains("/my/sign-in", page.Url, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R32_A_patron_accepts_the_terms()
    {
        var page = await SignedInAsync("fi", "29909090000117", "3690");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hyväksyn ehdot" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Status)).ToHaveTextAsync("Ehdot on hyväksytty. Tervetuloa.");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Hyväksyn ehdot" })).ToHaveCountAsync(0);
    }

    [Fact]
    public async Task R32_A_patron_reports_the_card_lost_and_is_signed_out()
    {
        var page = await SignedInAsync("en", "29909090000067", "7145");
        await page.GetByText("My card is lost …").ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Report it lost" }).ClickAsync();
        await page.WaitForURLAsync("**/my/sign-in**");
        await page.GetByLabel("Library card number").FillAsync("29909090000067");
        await page.GetByLabel("PIN").FillAsync("7145");
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign in" }).ClickAsync();
        await Expect(page.Locator("strong.problem")).ToContainTextAsync("reported lost");
    }

    [Fact]
    public async Task A_patron_is_nobody_in_the_console()
    {
        var page = await SignedInAsync("fi", "29909090000133", "5802");
        foreach (var (_, path) in Pages.All)
        {
            await page.GotoAsync(path);
            Assert.Contains("/sign-in", page.Url, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("fi", false)]
    [InlineData("sv", true)]
    public async Task The_own_view_is_readable_by_everybody_and_fits_a_telephone(string language, bool dark)
    {
        var page = await SignedInAsync(language, "29909090000018", "2601", dark);
        foreach (var path in Own)
        {
            await page.GotoAsync(path);
            await page.ScreenshotAsync(new() { Path = LookTests.PictureOf(path.Trim('/').Replace('/', '-'), $"{language}-{Width}"), FullPage = true });
            var found = await page.RunAxe();
            Assert.Empty(found.Violations.Select(one => $"{path}: {one.Id}: {one.Help}"));
            Assert.True(await page.EvaluateAsync<bool>("() => document.documentElement.scrollWidth <= innerWidth"), path);
        }
    }

    private async Task<IPage> SignedInAsync(string language, string card, string pin, bool dark = false)
    {
        var page = await console.PageAsync(language, Width, Height, dark, signedIn: false);
        await page.GotoAsync("/my");
        await page.Locator("[name=card_number]").FillAsync(card);
        await page.Locator("[name=pin]").FillAsync(pin);
        await page.Locator("main button[type=submit]").ClickAsync();
        await page.WaitForURLAsync("**/my");
        return page;
    }
}
