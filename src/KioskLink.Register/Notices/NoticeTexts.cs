using System.Collections.Frozen;
using System.Text.Json;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Notices;

/// <summary>The shipped texts that notices of any consortium may use, by key. Immutable.</summary>
internal static class NoticeTexts
{
    private const string Resource = "KioskLink.Register.Notices.Texts.notice-texts.json";

    private static readonly JsonSerializerOptions WithComments =
        new() { PropertyNamingPolicy = JsonNamingPolicy.CamelCase, ReadCommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    private static readonly FrozenDictionary<string, LocalText> Texts = Read();

    /// <summary>The keys.</summary>
    public static IReadOnlyCollection<string> Keys => Texts.Keys;

    /// <summary>The text of a key; null when there is none.</summary>
    public static LocalText? Find(string key) => Texts.GetValueOrDefault(key);

    /// <summary>The text of a key that this program uses itself.</summary>
    public static LocalText Get(string key) => Texts[key];

    private static FrozenDictionary<string, LocalText> Read()
    {
        using var stream = typeof(NoticeTexts).Assembly.GetManifestResourceStream(Resource)!;
        return JsonSerializer.Deserialize<Dictionary<string, LocalText>>(stream, WithComments)!.ToFrozenDictionary(StringComparer.Ordinal);
    }
}
