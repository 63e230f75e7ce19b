using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests;

/// <summary>The page in Debian's Chromium, against the real programs.</summary>
public sealed class PageTests(RunningDemo demo) : DemoPageTest(1400, 900), IClassFixture<RunningDemo>
{
    [Fact]
    public async Task A_card_opens_the_door_and_goes_on_opening_it_when_the_network_is_cut()
    {
        await ComeInAsync("REGISTER");
        await Page.GetByRole(AriaRole.Button, new() { Name = "Cut" }).ClickAsync();
        await ComeInAsync("REPLICA");
        await Page.ScreenshotAsync(new() { Path = PictureOf("demo-cut"), FullPage = true });
        await Page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(Page.Locator("#link")).ToContainTextAsync("online", new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task A_stolen_box_shows_no_card_number_name_or_identity_code()
    {
        await Page.GetByRole(AriaRole.Button, new() { Name = "Steal the box" }).ClickAsync();
        var searches = Page.Locator("#box-content li", new() { HasText = "looked for" });
        await Expect(searches).ToHaveCountAsync(3, new() { Timeout = PatienceMs });
        foreach (var search in await searches.AllInnerTextsAsync())
            Assert.EndsWith(": 0 found", search, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task ThePage_has_no_accessibility_violation(ColorScheme scheme)
    {
        await Page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Expect(Page.Locator("#cards button")).Not.ToHaveCountAsync(0);
        var found = await Page.RunAxe();
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
    }

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(683, 384)]
    [InlineData(390, 844)]
    public async Task Nothing_of_thePage_lies_beyond_the_right_edge(int width, int height)
    {
        await Page.SetViewportSizeAsync(width, height);
        await Expect(Page.Locator("#cards button")).Not.ToHaveCountAsync(0);
        Assert.Equal(width, await Page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await Page.ScreenshotAsync(new() { Path = PictureOf($"demo-{width}"), FullPage = true });
    }

    protected override Task OpenAsync() => Page.GotoAsync(demo.Page);

    private async Task ComeInAsync(string source)
    {
        await Page.Locator("#cards button", new() { HasText = "Aino" }).ClickAsync();
        await Expect(Page.Locator("#hint")).ToHaveTextAsync("Type 2601 and #", new() { Timeout = PatienceMs });
        // Looked for from now on: the door is unlocked for three seconds only.
        var unlocked = Expect(Page.Locator("#door-state")).ToContainTextAsync("unlocked", new() { Timeout = PatienceMs });
        foreach (var key in "2601#")
            await Page.Locator("#keypad button", new() { HasText = $"{key}" }).ClickAsync();
        await Expect(Page.Locator("#verdict")).ToContainTextAsync($"GRANTED from the {source.ToLowerInvariant()}", new() { Timeout = PatienceMs });
        await unlocked;
        await Expect(Page.Locator("#records tr", new() { HasText = $"GRANTED · {source}" })).Not.ToHaveCountAsync(0, new() { Timeout = PatienceMs });
        await Expect(Page.Locator("#door-state")).ToHaveTextAsync("locked, closed", new() { Timeout = PatienceMs });
    }
}
