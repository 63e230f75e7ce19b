using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests;

/// <summary>The entrance's on-screen keypad in Debian's Chromium, against the real node.</summary>
public sealed class PanelPageTests(RunningDemo demo) : DemoPageTest(1280, 800), IClassFixture<RunningDemo>
{
    [Fact]
    public async Task A_patron_types_the_pin_on_the_screen_and_comes_in_and_no_digit_stays_on_thePage()
    {
        var addresses = new List<string>();
        Page.Request += (_, request) => addresses.Add(request.Url);
        await Page.GotoAsync($"{demo.Panel}?lang=en");
        await Expect(Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("Present your card", new() { Timeout = PatienceMs });
        var world = await Browser.NewPageAsync();
        await world.GotoAsync(demo.Page);
        await world.Locator("#cards button", new() { HasText = "Aino" }).ClickAsync();

        await Expect(Page.Locator("#text")).ToHaveTextAsync("Enter your PIN", new() { Timeout = PatienceMs });
        foreach (var digit in "2601")
            await Page.GetByRole(AriaRole.Button, new() { Name = $"{digit}", Exact = true }).ClickAsync();
        await Expect(Page.Locator("#typed")).ToHaveAttributeAsync("aria-label", "Digits entered: 4");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await Expect(Page.Locator("#notice")).ToHaveAttributeAsync("data-sign", "granted", new() { Timeout = PatienceMs });
        await Page.ScreenshotAsync(new() { Path = PictureOf("panel-granted") });
        Assert.DoesNotContain("2601", await Page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(addresses, address => address.Contains("2601", StringComparison.Ordinal));
        await Expect(Page.Locator("#text")).ToHaveTextAsync("Present your card", new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task The_panel_has_no_accessibility_violation_while_digits_are_typed_and_when_a_patron_is_refused_and_let_in()
    {
        await Page.GotoAsync($"{demo.Panel}?lang=en");
        await Expect(Page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("Present your card", new() { Timeout = PatienceMs });
        await PresentAsync("Björn");
        await TypeAsync("1");
        await AccessibleAsync("typing");
        await TypeAsync("111");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(Page.Locator("#notice")).ToHaveAttributeAsync("data-sign", "refused", new() { Timeout = PatienceMs });
        await AccessibleAsync("refused");

        await Expect(Page.Locator("#text")).ToHaveTextAsync("Present your card", new() { Timeout = PatienceMs });
        await PresentAsync("Björn");
        await TypeAsync("3712");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();
        await Expect(Page.Locator("#notice")).ToHaveAttributeAsync("data-sign", "granted", new() { Timeout = PatienceMs });
        await AccessibleAsync("granted");
    }

    private async Task PresentAsync(string name)
    {
        var world = await Browser.NewPageAsync();
        await world.GotoAsync(demo.Page);
        await world.Locator("#cards button", new() { HasText = name }).ClickAsync();
        await Expect(Page.Locator("#text")).ToHaveTextAsync("Enter your PIN", new() { Timeout = PatienceMs });
        await world.CloseAsync();
    }

    private async Task TypeAsync(string digits)
    {
        foreach (var digit in digits)
            await Page.GetByRole(AriaRole.Button, new() { Name = $"{digit}", Exact = true }).ClickAsync();
    }

    private async Task AccessibleAsync(string when) =>
        Assert.Empty((await Page.RunAxe()).Violations.Select(violation => $"{when}: {violation.Id}: {violation.Help}"));

    [Theory]
    [InlineData("fi", 1280, 800, ColorScheme.Light)]
    [InlineData("sv", 390, 844, ColorScheme.Dark)]
    [InlineData("en", 800, 1280, ColorScheme.Light)]
    public async Task The_panel_has_no_accessibility_violation_and_fits_its_screen(string language, int width, int height, ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Page.SetViewportSizeAsync(width, height);
        await Page.GotoAsync($"{demo.Panel}?lang={language}");
        await Expect(Page.Locator("#keys button")).ToHaveCountAsync(12);

        var found = await Page.RunAxe();

        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        Assert.Equal((width, true), (await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await Page.EvaluateAsync<int>("document.documentElement.scrollHeight") <= height));
        await Page.ScreenshotAsync(new() { Path = PictureOf($"panel-{language}-{width}") });
    }

    [Fact]
    public async Task The_keys_stand_as_on_a_telephone_with_1_2_3_on_top()
    {
        await Page.GotoAsync($"{demo.Panel}?lang=en");

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9", "Clear", "0", "Done"], await Page.Locator("#keys button").AllInnerTextsAsync());
    }
}
