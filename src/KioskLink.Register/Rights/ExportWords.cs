using KioskLink.Register.Console.Texts;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Subjects;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.Rights;

/// <summary>Reads the records of an export in one language: titles, names and coded values as words (R74). Immutable.</summary>
internal sealed class ExportWords(Language language)
{
    private static readonly ConsoleTexts Texts = new();

    private readonly Language _language = language;
    private readonly Words _words = Texts.In(language switch
    {
        Language.Sv => "sv",
        Language.En => "en",
        _ => "fi",
    });

    /// <summary>What a record is called; null where there is no word.</summary>
    public string? Title(string title) => ExportFields.Titles.TryGetValue(title, out var word) ? word.In(_language) : null;

    /// <summary>What a field of a record is called; null where there is no word.</summary>
    public string? Name(string title, string field) => ExportFields.Find(title, field)?.Words.In(_language);

    /// <summary>A record as it is read: title, and names and values.</summary>
    public (string Title, IEnumerable<(string Name, string Value)> Values) Of(SubjectPart part) => (
        Title(part.Title) ?? part.Title,
        part.Values.Where(value => value.Value.Length > 0).Select(value => (Name(part.Title, value.Name) ?? value.Name, Value(part, value))));

    /// <summary>A point in time.</summary>
    public string Moment(Instant time) => _words.Moment(time.ToProto());

    /// <summary>Purposes of the profile.</summary>
    public string Purposes(IEnumerable<string> codes) => string.Join(", ", codes.Select(code => Reading.Code("purpose").Of(_words, code)));

    /// <summary>A rule of retention, and how long it keeps; why is the profile's own text, which is English.</summary>
    public (string Name, string Value) Retention(RetentionProfile rule)
    {
        var keep = rule.Period is { } period ? $"{period.Count} {_words[$"unit.{period.Unit.ToString().TrimEnd('s').ToLowerInvariant()}"]}" : _words["retentionWhen.Never"];
        return (Reading.Code("rule").Of(_words, rule.Rule), _language == Language.En ? $"{keep} ({rule.Basis})" : keep);
    }

    // What was corrected reads as the field does that it stood in.
    private string Value(SubjectPart part, SubjectValue value)
    {
        var corrected = value.Name is "old_value" or "new_value" ? part.Values.FirstOrDefault(other => other.Name == "field")?.Value : null;
        return (ExportFields.Find(part.Title, corrected ?? value.Name)?.Reading ?? Reading.Text).Of(_words, value.Value);
    }
}
