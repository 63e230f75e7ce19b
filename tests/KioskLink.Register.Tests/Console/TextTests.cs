using System.Text.RegularExpressions;
using KioskLink.Register.Console.Texts;
using KioskLink.Register.Retention;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Console;

/// <summary>The console's texts: three languages, one set of keys, each of them used.</summary>
public sealed partial class TextTests
{
    private static readonly string[] Sources =
        [.. Directory.EnumerateFiles(Path.Combine(SolutionRoot.Path, "src/KioskLink.Register/Console"), "*", SearchOption.AllDirectories)
            .Where(file => Path.GetExtension(file) is ".razor" or ".cs")
            .Select(File.ReadAllText)];

    [Fact]
    public void The_three_languages_have_the_same_keys_and_no_empty_text()
    {
        var finnish = ConsoleTexts.Load("fi");
        foreach (var language in PageLanguage.All)
        {
            var texts = ConsoleTexts.Load(language);
            Assert.Equal(finnish.Keys.Order(), texts.Keys.Order());
            Assert.DoesNotContain(texts, text => string.IsNullOrWhiteSpace(text.Value));
        }
    }

    [Fact]
    public void A_text_has_the_same_places_in_each_language()
    {
        var finnish = ConsoleTexts.Load("fi");
        foreach (var language in PageLanguage.All)
            Assert.All(ConsoleTexts.Load(language), text => Assert.Equal(Places(finnish[text.Key]), Places(text.Value)));
    }

    [Fact]
    public void A_key_that_a_page_names_has_a_text()
    {
        var texts = ConsoleTexts.Load("fi");
        var named = Sources.SelectMany(source => Named().Matches(source)).Select(match => match.Groups["key"].Value).Where(key => key.Contains('.', StringComparison.Ordinal) && !key.EndsWith('.')).Distinct().ToList();
        Assert.NotEmpty(named);
        Assert.DoesNotContain(named, key => !texts.ContainsKey(key) && !texts.ContainsKey(key + ".one"));
    }

    [Fact]
    public void A_text_that_no_page_uses_is_not_kept()
    {
        var all = string.Concat(Sources);
        var families = Family().Matches(all).Select(match => match.Groups["family"].Value).ToHashSet();
        Assert.DoesNotContain(ConsoleTexts.Load("fi").Keys, key =>
            !all.Contains($"\"{key}\"", StringComparison.Ordinal)
            && !all.Contains($"\"{key.Replace(".one", "", StringComparison.Ordinal).Replace(".many", "", StringComparison.Ordinal)}\"", StringComparison.Ordinal)
            && !families.Any(family => key.StartsWith(family, StringComparison.Ordinal)));
    }

    [Fact]
    public void A_rule_of_retention_has_a_name_in_each_language() =>
        Assert.All(PageLanguage.All, language => Assert.All(RetentionRules.Names, rule => Assert.NotNull(new ConsoleTexts().In(language).Known($"rule.{rule}"))));

    [Theory]
    [InlineData("fi", "26.11.2026", "1\u00a0234,50\u00a0€")]
    [InlineData("sv", "26.11.2026", "1\u00a0234,50\u00a0€")]
    [InlineData("en", "26 Nov 2026", "€1,234.50")]
    public void Dates_and_money_are_written_as_the_language_writes_them(string language, string date, string money)
    {
        var words = new ConsoleTexts().In(language);
        Assert.Equal((date, money), (words.Date("2026-11-26"), words.Euros(123450)));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(match => match.Value).Order();

    [GeneratedRegex(@"\{\d\}")]
    private static partial Regex Place();

    [GeneratedRegex(@"(?:\bT|[Ww]ords)(?:\[|\.Fill\(|\.Count\(|\.Known\()""(?<key>[^""$]+)""")]
    private static partial Regex Named();

    [GeneratedRegex(@"\$""(?<family>[a-zA-Z]+\.)\{")]
    private static partial Regex Family();
}
