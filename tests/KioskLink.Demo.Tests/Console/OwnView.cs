using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>A browser, a telephone's unless said otherwise, in which a patron is signed in with card and PIN.</summary>
internal static class OwnView
{
    public const int Width = 390;
    public const int Height = 844;

    public static async Task<IPage> SignedInAsync(RunningConsole console, string language, string card, string pin, bool dark = false, int width = Width)
    {
        var page = await console.PageAsync(language, width, Height, dark, signedIn: false);
        await SignInAsync(page, card, pin);
        await page.WaitForURLAsync("**/my");
        return page;
    }

    public static async Task SignInAsync(IPage page, string card, string pin)
    {
        await page.GotoAsync("/my");
        await page.Locator("[name=card_number]").FillAsync(card);
        await page.Locator("[name=pin]").FillAsync(pin);
        await page.Locator("main button[type=submit]").ClickAsync();
    }
}
