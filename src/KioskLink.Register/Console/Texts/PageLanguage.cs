using RulesLanguage = KioskLink.Rules.Access.Language;

namespace KioskLink.Register.Console.Texts;

/// <summary>The language of the pages: the user's choice, kept in a cookie; Finnish until one is made.</summary>
internal static class PageLanguage
{
    /// <summary>The first language.</summary>
    public const string Default = "fi";

    private const string Cookie = "kiosklink-language";

    /// <summary>The languages in the order in which they are offered.</summary>
    public static readonly IReadOnlyList<string> All = ["fi", "sv", "en"];

    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>The language of a request.</summary>
    public static string Read(HttpRequest request) =>
        request.Cookies[Cookie] is { } chosen && All.Contains(chosen) ? chosen : Default;

    /// <summary>The language as the rules call it.</summary>
    public static RulesLanguage OfRules(string language) => language switch
    {
        "sv" => RulesLanguage.Sv,
        "en" => RulesLanguage.En,
        _ => RulesLanguage.Fi,
    };

    /// <summary>Whether the user has made a choice.</summary>
    public static bool IsChosen(HttpRequest request) => request.Cookies.ContainsKey(Cookie);

    /// <summary>Keeps a choice; an unknown one changes nothing.</summary>
    public static void Choose(HttpContext context, string language)
    {
        if (!All.Contains(language)) return;
        context.Response.Cookies.Append(Cookie, language, new CookieOptions
        {
            HttpOnly = true,
            SameSite = SameSiteMode.Strict,
            Secure = context.Request.IsHttps,
            MaxAge = Kept,
        });
    }
}
