namespace KioskLink.Register.Console.Sessions;

/// <summary>The two books and the cookies that name a session in them: patrons cannot crowd out staff.</summary>
internal sealed class SessionBooks(TimeProvider time)
{
    private const string StaffCookie = "kiosklink-staff";
    private const string PatronCookie = "kiosklink-patron";
    private const string PatronPath = "/my";

    private readonly SessionBook _staff = new(ConsoleLimits.StaffSessionsMax, ConsoleLimits.StaffIdleMax, time);
    private readonly SessionBook _patrons = new(ConsoleLimits.PatronSessionsMax, ConsoleLimits.PatronIdleMax, time);

    /// <summary>Whose pages a path belongs to.</summary>
    public static SessionKind KindOf(PathString path) => path.StartsWithSegments(PatronPath) ? SessionKind.Patron : SessionKind.Staff;

    /// <summary>The caller's session.</summary>
    public ConsoleSession? Find(HttpContext context, bool touch)
    {
        var kind = KindOf(context.Request.Path);
        return BookOf(kind).Find(context.Request.Cookies[CookieOf(kind)], touch);
    }

    /// <summary>Signs somebody in.</summary>
    public void Open(HttpContext context, SessionKind kind, string token, string name, IEnumerable<string> roles)
    {
        var book = BookOf(kind);
        Close(context, kind);
        context.Response.Cookies.Append(CookieOf(kind), book.Open(new ConsoleSession(kind, token, name, roles, book.Now)), OptionsFor(context, kind));
    }

    /// <summary>Signs the caller out.</summary>
    public void Close(HttpContext context, SessionKind kind)
    {
        BookOf(kind).Close(context.Request.Cookies[CookieOf(kind)]);
        context.Response.Cookies.Delete(CookieOf(kind), OptionsFor(context, kind));
    }

    private static CookieOptions OptionsFor(HttpContext context, SessionKind kind) => new()
    {
        HttpOnly = true,
        SameSite = SameSiteMode.Strict,
        Secure = context.Request.IsHttps,
        Path = kind == SessionKind.Patron ? PatronPath : "/",
    };

    private static string CookieOf(SessionKind kind) => kind == SessionKind.Patron ? PatronCookie : StaffCookie;

    private SessionBook BookOf(SessionKind kind) => kind == SessionKind.Patron ? _patrons : _staff;
}
