namespace KioskLink.Demo.Tests.Console;

/// <summary>How every page looks: readable by everybody, in one language, without scrolling sideways.</summary>
[Collection(nameof(RunningConsole))]
public sealed class LookTests(RunningConsole console)
{
    [Fact]
    public async Task No_page_has_an_accessibility_violation_in_light_or_dark() =>
        Assert.Empty((await console.TourAsync(PageTour.AxeLanguage)).Pages.SelectMany(page => page.Violations));

    [Theory]
    [InlineData("fi")]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task No_page_scrolls_sideways_on_a_desk_s_screen_or_a_telephone(string language) =>
        Assert.Empty((await console.TourAsync(language)).Pages.SelectMany(page => page.TooWide.Select(wide => $"{page.Path} {wide}")));

    [Theory]
    [InlineData("fi")]
    [InlineData("sv")]
    [InlineData("en")]
    public async Task No_page_shows_a_key_or_another_languages_text(string language)
    {
        var own = PageTexts.Load(language);
        var foreign = new[] { "fi", "sv", "en" }.Where(other => other != language).SelectMany(other => PageTexts.Load(other).Values)
            .Where(text => text.Length > 6 && !text.Contains('{', StringComparison.Ordinal)).Except(own.Values).ToHashSet();
        foreach (var page in (await console.TourAsync(language)).Pages)
        {
            Assert.Equal((page.Path, language), (page.Path, page.Language));
            Assert.NotEmpty(page.Texts);
            Assert.Empty(page.Texts.Where(text => foreign.Contains(text) || own.ContainsKey(text)).Select(text => $"{page.Path}: {text}"));
        }
    }
}
