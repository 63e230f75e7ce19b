using System.Text.Json;

namespace KioskLink.Node.Pages;

/// <summary>The words of the staff's pages in one language. Immutable.</summary>
public sealed class PageWords
{
    private const string Cookie = "kiosklink-language";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);
    private static readonly Dictionary<string, PageWords> All = Choices.ToDictionary(choice => choice.Code, choice => new PageWords(choice.Code));
    private readonly Dictionary<string, string> _texts;

    private PageWords(string language) => (Language, _texts) = (language, Read(language));

    /// <summary>The languages that can be chosen, each in its own name.</summary>
    public static IReadOnlyList<(string Code, string Name)> Choices => [("fi", "Suomi"), ("sv", "Svenska"), ("en", "English")];

    /// <summary>The language (`fi`).</summary>
    public string Language { get; }

    /// <summary>Every key, for tests.</summary>
    public IReadOnlyCollection<string> Keys => _texts.Keys;

    /// <summary>A text.</summary>
    /// <exception cref="KeyNotFoundException">There is none of that key.</exception>
    public string this[string key] => _texts[key];

    /// <summary>The words of a language; Finnish where it is unknown (R5).</summary>
    public static PageWords In(string? language) => All.GetValueOrDefault(language ?? "", All["fi"]);

    /// <summary>The words that a browser has chosen.</summary>
    public static PageWords Of(HttpRequest request) => In(request.Cookies[Cookie]);

    /// <summary>Keeps a choice; an unknown one changes nothing.</summary>
    internal static void Choose(HttpContext context, string language)
    {
        if (All.ContainsKey(language))
            context.Response.Cookies.Append(Cookie, language, new CookieOptions { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, MaxAge = Kept });
    }

    private static Dictionary<string, string> Read(string language)
    {
        using var texts = typeof(PageWords).Assembly.GetManifestResourceStream($"pages-{language}.json") ?? throw new InvalidOperationException($"the texts pages-{language}.json are missing");
        return JsonSerializer.Deserialize<Dictionary<string, string>>(texts)!;
    }
}
