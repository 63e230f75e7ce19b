using System.Text.Json;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.PatronNotices;

/// <summary>A text for one and for several; Finnish, Swedish and English know no third form.</summary>
/// <param name="One">For one.</param>
/// <param name="Other">For any other number.</param>
/// <param name="None">For none; null where it says the same as for any other number.</param>
internal sealed record PluralText(LocalText One, LocalText Other, LocalText? None = null)
{
    /// <summary>The form for a number.</summary>
    public LocalText For(int count) => count switch
    {
        1 => One,
        0 => None ?? Other,
        _ => Other,
    };
}

/// <summary>The texts of one kind of notice.</summary>
/// <param name="Subject">Subject of a letter or e-mail.</param>
/// <param name="Intro">What stands before the items.</param>
/// <param name="Item">A line an item.</param>
/// <param name="Closing">Lines after the items; one that names an empty value is left out.</param>
/// <param name="Short">The whole text message: without titles, since a phone shows it to whoever is near.</param>
internal sealed record NoticeTemplate(PluralText Subject, PluralText Intro, LocalText Item, IReadOnlyList<LocalText> Closing, PluralText Short);

/// <summary>The shipped texts of notices to patrons, in three languages. Immutable.</summary>
internal sealed record NoticeTemplates
{
    private const string Resource = "KioskLink.Register.PatronNotices.Texts.patron-notices.json";

    private static readonly JsonSerializerOptions WithComments = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        ReadCommentHandling = JsonCommentHandling.Skip,
        RespectRequiredConstructorParameters = true,
    };

    /// <summary>The shipped ones.</summary>
    public static NoticeTemplates Shipped { get; } = Read();

    /// <summary>By kind.</summary>
    public required IReadOnlyDictionary<string, NoticeTemplate> Kinds { get; init; }

    /// <summary>How a letter or e-mail begins.</summary>
    public required LocalText Greeting { get; init; }

    /// <summary>How it ends.</summary>
    public required LocalText Signature { get; init; }

    /// <summary>Where to ask.</summary>
    public required LocalText Help { get; init; }

    /// <summary>The texts of a kind.</summary>
    public NoticeTemplate Of(NoticeKind kind) => Kinds[JsonNamingPolicy.CamelCase.ConvertName(kind.ToString())];

    private static NoticeTemplates Read()
    {
        using var stream = typeof(NoticeTemplates).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<NoticeTemplates>(stream, WithComments)!;
    }
}
