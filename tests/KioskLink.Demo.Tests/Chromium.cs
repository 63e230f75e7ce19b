using Microsoft.Playwright;

namespace KioskLink.Demo.Tests;

/// <summary>Debian's Chromium, as every test of a page starts it.</summary>
internal static class Chromium
{
    /// <summary>How long a page may take to show something, milliseconds: other tests' programs may have the cores meanwhile.</summary>
    public const float PatienceMs = 20_000;

    /// <summary>Starts it without a window.</summary>
    public static Task<IBrowser> LaunchAsync(IPlaywright playwright)
    {
        Assertions.SetDefaultExpectTimeout(PatienceMs);
        return playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = "/usr/bin/chromium",
            Args = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu", "--disable-background-networking"],
        });
    }
}
