using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KioskLink.Testing;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>What there is to see of a page, gathered while it is open, so that the tests of looks and of safety need not open it again.</summary>
internal sealed record PageLook
{
    /// <summary>A desk's screen and a telephone, CSS pixels.</summary>
    public static readonly IReadOnlyList<(int Width, int Height)> Screens = [(1366, 768), (390, 844)];

    internal static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    /// <summary>The page's address.</summary>
    public required string Path { get; init; }

    /// <summary>The headers of the answer that brought it.</summary>
    public required IReadOnlyDictionary<string, string> Headers { get; init; }

    /// <summary>The language that it says it is in.</summary>
    public required string? Language { get; init; }

    /// <summary>Every text that it shows or says, but those that are marked as of another language or of none.</summary>
    public required IReadOnlyList<string> Texts { get; init; }

    /// <summary>What reaches over the right edge of one of <see cref="Screens"/>; empty where all fits.</summary>
    public required IReadOnlyList<string> TooWide { get; init; }

    /// <summary>Fields that somebody fills in and that go into an address.</summary>
    public required IReadOnlyList<string> FieldsOfAddresses { get; init; }

    /// <summary>What stands behind the question marks of its links.</summary>
    public required IReadOnlyList<string> KeysOfLinks { get; init; }

    /// <summary>Every address in it, its own first.</summary>
    public required IReadOnlyList<string> Addresses { get; init; }

    /// <summary>What axe finds, light and dark; empty where it was not asked.</summary>
    public required IReadOnlyList<string> Violations { get; init; }

    /// <summary>Opens a page and looks at it on each screen.</summary>
    /// <param name="page">The browser's page.</param>
    /// <param name="seen">Which page to open.</param>
    /// <param name="language">The language, for the pictures.</param>
    /// <param name="withAxe">Whether axe is asked, which takes longer than everything else.</param>
    public static async Task<PageLook> AtAsync(IPage page, SeenPage seen, string language, bool withAxe)
    {
        var answer = await page.GotoAsync(seen.Path);
        var violations = withAxe ? await ViolationsAsync(page, seen.Name) : [];
        var look = new PageLook
        {
            Path = seen.Path,
            Headers = await answer!.AllHeadersAsync(),
            Language = await page.Locator("html").GetAttributeAsync("lang"),
            Texts = await TextsAsync(page),
            TooWide = await TooWideAsync(page, seen, language),
            FieldsOfAddresses = await FieldsOfAddressesAsync(page),
            KeysOfLinks = await KeysOfLinksAsync(page),
            Addresses = await AddressesAsync(page),
            Violations = violations,
        };
        return look;
    }

    /// <summary>Every address in a page, its own first.</summary>
    public static Task<string[]> AddressesAsync(IPage page) => page.EvaluateAsync<string[]>(
        """() => [location.href, ...[...document.querySelectorAll("[href], [src], [action], [formaction]")].flatMap(one => ["href", "src", "action", "formaction"].map(name => one.getAttribute(name) ?? ""))]""");

    /// <summary>What reaches over the right edge; nothing where all fits.</summary>
    public static Task<string> TooWideAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".unseen, thead, .skip, details:not([open])"))
              .map(e => e.tagName + "." + e.className).slice(0, 3).join(" ") + (document.documentElement.scrollWidth > innerWidth ? " scrolls" : "")
        """);

    /// <summary>What axe finds in a page, light and dark; the page is light afterwards.</summary>
    public static async Task<IReadOnlyList<string>> ViolationsAsync(IPage page, string name)
    {
        var light = await page.RunAxe(Wcag);
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Dark, ReducedMotion = ReducedMotion.Reduce });
        var dark = await page.RunAxe(Wcag);
        await page.ScreenshotAsync(new() { Path = PictureOf(name, "dark"), FullPage = true });
        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light, ReducedMotion = ReducedMotion.Reduce });
        return [.. Told("light", light), .. Told("dark", dark)];

        IEnumerable<string> Told(string scheme, AxeResult found) => found.Violations.Select(one =>
            $"{name}, {scheme}: {one.Id}: {one.Help} {string.Join(" ", one.Nodes.Take(3).Select(node => node.Html))}");
    }

    /// <summary>Where a picture of a page goes.</summary>
    public static string PictureOf(string name, string kind)
    {
        var folder = System.IO.Path.Combine(SolutionRoot.Path, "artifacts", "pictures");
        Directory.CreateDirectory(folder);
        return System.IO.Path.Combine(folder, $"console-{name}-{kind}.png");
    }

    private static async Task<IReadOnlyList<string>> TooWideAsync(IPage page, SeenPage seen, string language)
    {
        var all = new List<string>();
        foreach (var (width, height) in Screens)
        {
            await page.SetViewportSizeAsync(width, height);
            await page.ScreenshotAsync(new() { Path = PictureOf(seen.Name, $"{language}-{width}"), FullPage = true });
            if (await TooWideAsync(page) is { Length: > 0 } wide)
                all.Add($"{width}: {wide}");
        }

        await page.SetViewportSizeAsync(Screens[0].Width, Screens[0].Height);
        return all;
    }

    private static Task<string[]> TextsAsync(IPage page) => page.EvaluateAsync<string[]>(
        """
        () => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
                for (let n; n = walk.nextNode();) if (!n.parentElement.closest("[lang], [translate=no], script")?.matches(":not(html)") && n.data.trim()) all.push(n.data.trim());
                return [...all, document.title, ...[...document.querySelectorAll("[aria-label], [placeholder]")].map(e => e.ariaLabel ?? e.placeholder)]; }
        """);

    // What stands in a form that is not posted is in the history and in every proxy's log.
    private static Task<string[]> FieldsOfAddressesAsync(IPage page) => page.EvaluateAsync<string[]>(
        """() => [...document.forms].filter(form => form.method !== "post").flatMap(form => [...form.elements]).filter(one => one.name && !["date", "select-one", "submit"].includes(one.type)).map(one => one.name)""");

    private static Task<string[]> KeysOfLinksAsync(IPage page) => page.EvaluateAsync<string[]>(
        """() => [...document.links].filter(link => link.search).flatMap(link => [...new URLSearchParams(link.search).keys()])""");
}
