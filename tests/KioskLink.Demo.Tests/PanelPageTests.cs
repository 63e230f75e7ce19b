using Deque.AxeCore.Playwright;
using KioskLink.Testing;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace KioskLink.Demo.Tests;

/// <summary>The entrance's on-screen keypad in Debian's Chromium, against the real node.</summary>
public sealed class PanelPageTests(RunningDemo demo) : IClassFixture<RunningDemo>, IAsyncLifetime
{
    private const float PatienceMs = 20_000;
    private IPlaywright _playwright = null!;
    private IBrowser _browser = null!;
    private IPage _page = null!;

    [Fact]
    public async Task A_patron_types_the_pin_on_the_screen_and_comes_in_and_no_digit_stays_on_the_page()
    {
        var addresses = new List<string>();
        _page.Request += (_, request) => addresses.Add(request.Url);
        await _page.GotoAsync($"{demo.Panel}?lang=en");
        await Expect(_page.GetByRole(AriaRole.Status).First).ToHaveTextAsync("Present your card", new() { Timeout = PatienceMs });
        var world = await _browser.NewPageAsync();
        await world.GotoAsync(demo.Page);
        await world.GetByRole(AriaRole.Button, new() { NameRegex = new("Aino") }).ClickAsync();

        await Expect(_page.Locator("#text")).ToHaveTextAsync("Enter your PIN", new() { Timeout = PatienceMs });
        foreach (var digit in "2601")
            await _page.GetByRole(AriaRole.Button, new() { Name = $"{digit}", Exact = true }).ClickAsync();
        await Expect(_page.Locator("#typed")).ToHaveAttributeAsync("aria-label", "Digits entered: 4");
        await _page.GetByRole(AriaRole.Button, new() { Name = "Done" }).ClickAsync();

        await Expect(_page.Locator("#notice")).ToHaveAttributeAsync("data-sign", "granted", new() { Timeout = PatienceMs });
        await _page.ScreenshotAsync(new() { Path = PictureOf("granted") });
        Assert.DoesNotContain("2601", await _page.ContentAsync(), StringComparison.Ordinal);
        Assert.DoesNotContain(addresses, address => address.Contains("2601", StringComparison.Ordinal));
        await Expect(_page.Locator("#text")).ToHaveTextAsync("Present your card", new() { Timeout = PatienceMs });
    }

    [Theory]
    [InlineData("fi", 1280, 800, ColorScheme.Light)]
    [InlineData("sv", 390, 844, ColorScheme.Dark)]
    [InlineData("en", 800, 1280, ColorScheme.Light)]
    public async Task The_panel_has_no_accessibility_violation_and_fits_its_screen(string language, int width, int height, ColorScheme scheme)
    {
        await _page.EmulateMediaAsync(new() { ColorScheme = scheme });
        await _page.SetViewportSizeAsync(width, height);
        await _page.GotoAsync($"{demo.Panel}?lang={language}");
        await Expect(_page.Locator("#keys button")).ToHaveCountAsync(12);

        var found = await _page.RunAxe();

        Assert.Empty(found.Violations.Select(violation => $"{violation.Id}: {violation.Help}"));
        Assert.Equal((width, true), (await _page.EvaluateAsync<int>("document.documentElement.scrollWidth"), await _page.EvaluateAsync<int>("document.documentElement.scrollHeight") <= height));
        await _page.ScreenshotAsync(new() { Path = PictureOf($"{language}-{width}") });
    }

    [Fact]
    public async Task The_keys_stand_as_on_a_telephone_with_1_2_3_on_top()
    {
        await _page.GotoAsync($"{demo.Panel}?lang=en");

        Assert.Equal(["1", "2", "3", "4", "5", "6", "7", "8", "9", "Clear", "0", "Done"], await _page.Locator("#keys button").AllInnerTextsAsync());
    }

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
        });
        _page = await _browser.NewPageAsync(new() { ViewportSize = new() { Width = 1280, Height = 800 } });
    }

    public async Task DisposeAsync()
    {
        await _browser.DisposeAsync();
        _playwright.Dispose();
    }

    private static string PictureOf(string name)
    {
        var folder = Path.Combine(SolutionRoot.Path, "artifacts", "pictures");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"panel-{name}.png");
    }
}
