using Deque.AxeCore.Playwright;
using KioskLink.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests;

/// <summary>The page in Debian's Chromium, against the real programs.</summary>
public sealed class PageTests(RunningDemo demo) : IClassFixture<RunningDemo>, IAsyncLifetime
{
    private const float PatienceMs = 20_000;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private IPage _page = null!;

    [Fact]
    public async Task A_card_opens_the_door_and_goes_on_opening_it_when_the_network_is_cut()
    {
        await ComeInAsync("REGISTER");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Cut" }).ClickAsync();
        await ComeInAsync("REPLICA");
        await _page.ScreenshotAsync(new() { Path = PictureOf("cut"), FullPage = true });
        await _page.GetByRole(AriaRole.Button, new() { Name = "Restore" }).ClickAsync();
        await Expect(_page.Locator("#link")).ToContainTextAsync("online", new() { Timeout = PatienceMs });
    }

    [Fact]
    public async Task A_stolen_box_shows_no_card_number_name_or_identity_code()
    {
        await _page.GetByRole(AriaRole.Button, new() { Name = "Steal the box" }).ClickAsync();
        var searches = _page.Locator("#box-content li", new() { HasText = "looked for" });
        await Expect(searches).ToHaveCountAsync(3, new() { Timeout = PatienceMs });
        foreach (var search in await searches.AllInnerTextsAsync())
            Assert.EndsWith(": 0 found", search, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task The_page_has_no_accessibility_violation(ColorScheme scheme)
    {
        await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await Expect(_page.Locator("#cards button")).Not.ToHaveCountAsync(0);
        var found = await _page.RunAxe();
        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
    }

    [Theory]
    [InlineData(1366, 768)]
    [InlineData(683, 384)]
    [InlineData(390, 844)]
    public async Task Nothing_of_the_page_lies_beyond_the_right_edge(int width, int height)
    {
        await _page.SetViewportSizeAsync(width, height);
        await Expect(_page.Locator("#cards button")).Not.ToHaveCountAsync(0);
        Assert.Equal(width, await _page.EvaluateAsync<int>("document.documentElement.scrollWidth"));
        await _page.ScreenshotAsync(new() { Path = PictureOf($"{width}"), FullPage = true });
    }

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
        });
        _page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1400, Height = 900 } });
        await _page.GotoAsync(demo.Page);
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private async Task ComeInAsync(string source)
    {
        await _page.GetByRole(AriaRole.Button, new() { NameRegex = new("Aino") }).ClickAsync();
        await Expect(_page.Locator("#hint")).ToHaveTextAsync("Type 2601 and #", new() { Timeout = PatienceMs });
        // Looked for from now on: the door is unlocked for three seconds only.
        var unlocked = Expect(_page.Locator("#door-state")).ToContainTextAsync("unlocked", new() { Timeout = PatienceMs });
        foreach (var key in "2601#")
            await _page.Locator("#keypad button", new() { HasText = $"{key}" }).ClickAsync();
        await Expect(_page.Locator("#verdict")).ToContainTextAsync($"GRANTED from the {source.ToLowerInvariant()}", new() { Timeout = PatienceMs });
        await unlocked;
        await Expect(_page.Locator("#records tr", new() { HasText = $"GRANTED · {source}" })).Not.ToHaveCountAsync(0, new() { Timeout = PatienceMs });
        await Expect(_page.Locator("#door-state")).ToHaveTextAsync("locked, closed", new() { Timeout = PatienceMs });
    }

    private static string PictureOf(string name)
    {
        var folder = Path.Combine(SolutionRoot.Path, "artifacts", "pictures");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"demo-{name}.png");
    }
}
