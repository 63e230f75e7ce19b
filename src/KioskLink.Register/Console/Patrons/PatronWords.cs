using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Bans;
using KioskLink.Register.Console.Texts;
using KioskLink.Register.Profiles;
using NodaTime;

namespace KioskLink.Register.Console.Patrons;

/// <summary>What a patron's groups, cards and bans are called.</summary>
internal static class PatronWords
{
    /// <summary>A patron's name; a community's is its surname alone.</summary>
    public static string Name(Patron patron) => $"{patron.FirstNames} {patron.Surname}".Trim();

    /// <summary>A group of the profile; its code where the console has no word for it.</summary>
    public static string Group(Words words, string code) => words.Known($"group.{code}") ?? code;

    /// <summary>What the consortium calls the language of a patron (R10).</summary>
    public static string LanguageLabel(Words words, ConsortiumProfile profile) => words[$"languageMeaning.{profile.PatronFields.Language}"];

    /// <summary>A patron's language.</summary>
    public static string Language(Words words, Language language) => words[$"language.{language}"];

    /// <summary>How a decision is reviewed, in the reader's language (R81).</summary>
    public static string Review(Words words, IEnumerable<Notice> routes) =>
        routes.FirstOrDefault(route => route.Language.ToString().Equals(words.Language, StringComparison.OrdinalIgnoreCase))?.Text ?? "";

    /// <summary>Those of some texts that are in the reader's language; all of them where none is.</summary>
    public static IEnumerable<string> InReadersLanguage(Words words, IReadOnlyList<Notice> texts) =>
        texts.Where(text => text.Language.ToString().Equals(words.Language, StringComparison.OrdinalIgnoreCase)).DefaultIfEmpty().SelectMany(text => text is null ? texts : [text]).Select(text => text.Text);

    /// <summary>A ban's reason in the reader's language, and what staff added in words.</summary>
    public static string Reason(Words words, Ban ban, BanProfile bans) =>
        string.Join(": ", new[] { BanReasons.Text(bans, ban.ReasonCode, PageLanguage.OfRules(words.Language)), ban.Reason }.Where(text => text.Length > 0).DefaultIfEmpty("–"));

    /// <summary>How a card stands, and how good that is.</summary>
    public static (string Text, string Tone) Card(Words words, Card card, Instant now)
    {
        if (card.Lost) return (words["card.lost"], "bad");
        if (Days.Read(card.ExpiresOn) is { } last && last < KioskLink.Rules.Branches.OpeningCalendar.DateAt(now)) return (words["card.expired"], "warn");
        return card.Guesses?.LockedForGood == true ? (words["card.locked"], "warn") : (words["card.valid"], "good");
    }

    /// <summary>Where a ban holds.</summary>
    public static string Places(Words words, Ban ban, IReadOnlyDictionary<string, string> branches) =>
        ban.BranchIds.Count == 0 ? words["bans.everywhere"] : string.Join(", ", ban.BranchIds.Select(id => branches.GetValueOrDefault(id, id)));

    /// <summary>From when to when a ban is.</summary>
    public static string Span(Words words, Ban ban) => ban.EndTime is null
        ? words.Fill("bans.sinceOn", words.Date(ban.StartTime))
        : $"{words.Date(ban.StartTime)} – {words.Date(Days.LastBefore(ban.EndTime))}";
}
