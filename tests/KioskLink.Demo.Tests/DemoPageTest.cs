using KioskLink.Testing;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests;

/// <summary>A test that looks at a page in Debian's Chromium.</summary>
/// <param name="width">Width of the window, CSS pixels.</param>
/// <param name="height">Its height.</param>
public abstract class DemoPageTest(int width, int height) : IAsyncLifetime
{
    /// <summary>How long a page may take to show something, milliseconds.</summary>
    protected const float PatienceMs = Chromium.PatienceMs;

    private IPlaywright _playwright = null!;

    /// <summary>The browser.</summary>
    protected IBrowser Browser { get; private set; } = null!;

    /// <summary>The page.</summary>
    protected IPage Page { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        _playwright = await Playwright.CreateAsync();
        Browser = await Chromium.LaunchAsync(_playwright);
        Page = await Browser.NewPageAsync(new() { ViewportSize = new() { Width = width, Height = height } });
        await OpenAsync();
    }

    public async Task DisposeAsync()
    {
        await Browser.DisposeAsync();
        _playwright.Dispose();
    }

    /// <summary>Opens what every test of the class looks at.</summary>
    protected virtual Task OpenAsync() => Task.CompletedTask;

    /// <summary>Where a picture of the page goes.</summary>
    protected static string PictureOf(string name)
    {
        var folder = Path.Combine(SolutionRoot.Path, "artifacts", "pictures");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"{name}.png");
    }
}
