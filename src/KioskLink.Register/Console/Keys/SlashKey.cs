namespace KioskLink.Register.Console.Keys;

/// <summary>Whether "/" leads to the search. A key of one character must be possible to switch off: people who dictate type it unawares.</summary>
internal static class SlashKey
{
    private const string Cookie = "kiosklink-slash";
    private const string Off = "off";
    private static readonly TimeSpan Kept = TimeSpan.FromDays(365);

    /// <summary>Whether the user has it on, as it is at first.</summary>
    public static bool IsOn(HttpRequest request) => request.Cookies[Cookie] != Off;

    /// <summary>Keeps a choice.</summary>
    public static void Choose(HttpContext context, string choice) => context.Response.Cookies.Append(Cookie, choice == Off ? Off : "on", new CookieOptions
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        MaxAge = Kept,
    });
}
