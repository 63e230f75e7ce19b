using Microsoft.Playwright;

namespace KioskLink.Demo.Tests.Console;

/// <summary>Every page in one language: staff's as an administrator, everybody's as a stranger, patrons' as a patron.</summary>
/// <param name="Pages">What there was to see.</param>
/// <param name="Complaints">Errors that the browser wrote down on the way.</param>
/// <param name="Asked">Every address that a browser asked for on the way.</param>
internal sealed record PageTour(IReadOnlyList<PageLook> Pages, IReadOnlyList<string> Complaints, IReadOnlyList<string> Asked)
{
    /// <summary>The language in which axe looks: what it finds lies in the marking and in the colours.</summary>
    public const string AxeLanguage = "fi";

    /// <summary>Goes to every page.</summary>
    public static async Task<PageTour> GoAsync(RunningConsole console, string language)
    {
        var parts = new List<PageTour>();
        foreach (var (page, pages) in await BrowsersAsync(console, language))
            parts.Add(await GoAsync(page, pages, language));
        return new([.. parts.SelectMany(part => part.Pages)], [.. parts.SelectMany(part => part.Complaints)], [.. parts.SelectMany(part => part.Asked)]);
    }

    private static async Task<PageTour> GoAsync(IPage page, IEnumerable<SeenPage> pages, string language)
    {
        var (looks, complaints, asked) = (new List<PageLook>(), new List<string>(), new List<string>());
        page.Console += (_, message) => { if (message.Type == "error") complaints.Add(message.Text); };
        page.Request += (_, request) => asked.Add(request.Url);
        foreach (var seen in pages)
            looks.Add(await PageLook.AtAsync(page, seen, language, withAxe: language == AxeLanguage));
        await page.Context.CloseAsync();
        return new(looks, complaints, asked);
    }

    private static async Task<IReadOnlyList<(IPage Page, IReadOnlyList<SeenPage> Pages)>> BrowsersAsync(RunningConsole console, string language) =>
    [
        (await console.PageAsync(language), console.StaffPages),
        (await console.PageAsync(language, signedIn: false), Console.Pages.OfEverybody),
        (await OwnView.SignedInAsync(console, language, "29909090000026", "3712", width: PageLook.Screens[0].Width), Console.Pages.OfPatrons),
    ];
}
