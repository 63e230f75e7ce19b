using System.Security.Cryptography;
using System.Text.RegularExpressions;

namespace KioskLink.Register.Console.SignIn;

/// <summary>
/// What a browser is called in the register's sessions and logs: the address from which it comes, and a random mark that its
/// cookie keeps. Behind a proxy all browsers have one address, and one person's two browsers must not end each other's session.
/// </summary>
internal static partial class Devices
{
    private const string Cookie = "kiosklink-device";
    private const string KeyCookie = "kiosklink-known";
    private const string KeyPath = "/sign-in";
    private const int MarkBytes = 8;
    private static readonly TimeSpan KeptFor = TimeSpan.FromDays(365);

    /// <summary>The name, of letters, digits, dots and dashes; a browser that has no mark is given one.</summary>
    public static string NameOf(HttpContext context)
    {
        var address = context.Connection.RemoteIpAddress;
        var place = (address?.IsIPv4MappedToIPv6 == true ? address.MapToIPv4() : address)?.ToString().Split('%')[0].Replace(':', '-') ?? "local";
        return $"console-{place}-{MarkOf(context)}";
    }

    /// <summary>The key of a browser from which somebody has signed in (R41); empty where nobody has.</summary>
    public static string KeyOf(HttpContext context) => context.Request.Cookies[KeyCookie] ?? "";

    /// <summary>Gives a browser its key, for the sign-in alone: wrong passwords from elsewhere do not shut it out.</summary>
    public static void Keep(HttpContext context, string key) => context.Response.Cookies.Append(KeyCookie, key, Kept(context, KeyPath));

    private static CookieOptions Kept(HttpContext context, string path) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        MaxAge = KeptFor,
        Path = path,
    };

    private static string MarkOf(HttpContext context)
    {
        if (context.Request.Cookies[Cookie] is { } kept && Mark().IsMatch(kept)) return kept;
        var mark = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(MarkBytes));
        context.Response.Cookies.Append(Cookie, mark, Kept(context, "/"));
        return mark;
    }

    [GeneratedRegex("^[0-9a-f]{16}$")]
    private static partial Regex Mark();
}
