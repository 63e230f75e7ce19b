using System.Text.Json;
using KioskLink.Register.Profiles;
using KioskLink.Rules.Access;
using KioskLink.Rules.Alarms;

namespace KioskLink.Register.Alarms;

/// <summary>What is wrong with a kind of fault, and how it is mended.</summary>
/// <param name="Title">What is wrong.</param>
/// <param name="Mend">What to do.</param>
internal sealed record KindText(LocalText Title, LocalText Mend);

/// <summary>The shipped texts of alarms, in three languages. Immutable.</summary>
internal sealed record AlarmTexts
{
    private const string Resource = "KioskLink.Register.Alarms.Texts.alarm-texts.json";

    private static readonly JsonSerializerOptions WithComments = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The shipped ones.</summary>
    public static AlarmTexts Shipped { get; } = Read();

    /// <summary>By kind.</summary>
    public required IReadOnlyDictionary<string, KindText> Kinds { get; init; }

    /// <summary>By severity.</summary>
    public required IReadOnlyDictionary<string, LocalText> Severities { get; init; }

    /// <summary>First lines of messages, by what they tell.</summary>
    public required IReadOnlyDictionary<string, LocalText> Heads { get; init; }

    /// <summary>Other lines.</summary>
    public required IReadOnlyDictionary<string, LocalText> Lines { get; init; }

    /// <summary>What is wrong, in a language.</summary>
    public static string Title(AlarmKind kind, string subject, Language language) =>
        Of(kind).Title.In(language).Replace("{what}", What(subject), StringComparison.Ordinal);

    /// <summary>How it is mended, in a language.</summary>
    public static string Mend(AlarmKind kind, Language language) => Of(kind).Mend.In(language);

    /// <summary>How soon somebody must look, in a language.</summary>
    public static string Severity(AlarmSeverity severity, Language language) => Shipped.Severities[Key($"{severity}")].In(language);

    /// <summary>The first line of a kind of message.</summary>
    public static string Head(AlarmMessageKind kind, Language language) => Shipped.Heads[Key($"{kind}")].In(language);

    /// <summary>Another line.</summary>
    public static string Line(string key, Language language) => Shipped.Lines[key].In(language);

    /// <summary>The device, line, door or job of a subject such as <c>device front-reader</c>.</summary>
    public static string What(string subject) => subject[(subject.IndexOf(' ', StringComparison.Ordinal) + 1)..];

    private static KindText Of(AlarmKind kind) => Shipped.Kinds[Key($"{(kind == AlarmKind.Unknown ? AlarmKind.Other : kind)}")];

    private static string Key(string name) => JsonNamingPolicy.CamelCase.ConvertName(name);

    private static AlarmTexts Read()
    {
        using var stream = typeof(AlarmTexts).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<AlarmTexts>(stream, WithComments)!;
    }
}
