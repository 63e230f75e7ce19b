using KioskLink.Register.Console.Patrons;
using KioskLink.Register.Console.Texts;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Tests.Console;

/// <summary>What a patron's language is called on pages of staff and patrons.</summary>
public sealed class LanguageLabelTests
{
    [Theory]
    [InlineData("lastu", "Asiointikieli", "Servicespråk", "Service language")]
    [InlineData("heili", "Äidinkieli", "Modersmål", "Mother tongue")]
    [InlineData("helmet", "Viestien kieli", "Språk för meddelanden", "Language of messages")]
    public void R10_Pages_call_the_language_what_it_means_in_the_consortium(string profile, params string[] names)
    {
        var (read, texts) = (ProfileReader.Load(profile), new ConsoleTexts());

        Assert.Equal(names, PageLanguage.All.Select(language => PatronWords.LanguageLabel(texts.In(language), read)));
    }
}
