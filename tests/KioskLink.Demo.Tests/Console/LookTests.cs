using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using KioskLink.Testing;
using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>How every page looks: readable by everybody, in one language, without scrolling sideways.</summary>
[Collection(nameof(RunningConsole))]
public sealed class LookTests(RunningConsole console)
{
    internal static readonly AxeRunOptions Wcag = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task No_page_has_an_accessibility_violation(bool dark)
    {
        await foreach (var (page, name, path) in VisitAsync("fi", 1366, 768, dark))
        {
            var found = await page.RunAxe(Wcag);
            await page.ScreenshotAsync(new() { Path = PictureOf(name, dark ? "dark" : "light"), FullPage = true });
            Assert.Empty(found.Violations.Select(one => $"{path}: {one.Id}: {one.Help} {string.Join(" ", one.Nodes.Take(3).Select(node => node.Html))}"));
        }
    }

    [Theory]
    [InlineData("fi", 1366, 768)]
    [InlineData("sv", 1366, 768)]
    [InlineData("fi", 390, 844)]
    [InlineData("sv", 390, 844)]
    public async Task No_page_scrolls_sideways(string language, int width, int height)
    {
        await foreach (var (page, name, path) in VisitAsync(language, width, height))
        {
            await page.ScreenshotAsync(new() { Path = PictureOf(name, $"{language}-{width}"), FullPage = true });
            Assert.Equal((path, ""), (path, await TooWideAsync(page)));
        }
    }

    [Fact]
    public async Task No_page_shows_a_key_or_another_languages_text()
    {
        var texts = new[] { "fi", "sv", "en" }.ToDictionary(language => language, PageTexts.Load);
        foreach (var (language, own) in texts)
        {
            var foreign = texts.Where(other => other.Key != language).SelectMany(other => other.Value.Values)
                .Where(text => text.Length > 6 && !text.Contains('{', StringComparison.Ordinal)).Except(own.Values).ToHashSet();
            await foreach (var (page, _, path) in VisitAsync(language, 1366, 768))
            {
                Assert.Equal(language, await page.Locator("html").GetAttributeAsync("lang"));
                var shown = await page.EvaluateAsync<string[]>(
                    """
                    () => { const walk = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT), all = [];
                            for (let n; n = walk.nextNode();) if (!n.parentElement.closest("[lang], [translate=no], script")?.matches(":not(html)") && n.data.trim()) all.push(n.data.trim());
                            return [...all, document.title, ...[...document.querySelectorAll("[aria-label], [placeholder]")].map(e => e.ariaLabel ?? e.placeholder)]; }
                    """);
                Assert.Empty(shown.Where(text => foreign.Contains(text) || own.ContainsKey(text)).Select(text => $"{language} {path}: {text}"));
            }
        }
    }

    // Everybody's pages as a stranger sees them.
    private async IAsyncEnumerable<(IPage Page, string Name, string Path)> VisitAsync(string language, int width, int height, bool dark = false)
    {
        foreach (var (isStaff, pages) in new[] { (true, console.StaffPages), (false, Pages.OfEverybody) })
        {
            var page = await console.PageAsync(language, width, height, dark, signedIn: isStaff);
            foreach (var (name, _, path) in pages)
            {
                await page.GotoAsync(path);
                yield return (page, name, path);
            }
        }
    }

    /// <summary>What reaches over the right edge; nothing where all fits.</summary>
    internal static Task<string> TooWideAsync(IPage page) => page.EvaluateAsync<string>(
        """
        () => [...document.querySelectorAll("body *")].filter(e => e.getBoundingClientRect().right > innerWidth + 1 && !e.closest(".unseen, thead, .skip, details:not([open])"))
              .map(e => e.tagName + "." + e.className).slice(0, 3).join(" ") + (document.documentElement.scrollWidth > innerWidth ? " scrolls" : "")
        """);

    public static string PictureOf(string name, string kind)
    {
        var folder = Path.Combine(SolutionRoot.Path, "artifacts", "pictures");
        Directory.CreateDirectory(folder);
        return Path.Combine(folder, $"console-{name}-{kind}.png");
    }
}
