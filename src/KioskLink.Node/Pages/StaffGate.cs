using System.Security.Claims;
using KioskLink.Node.StaffSignIn;
using Microsoft.AspNetCore.Http.Features;

namespace KioskLink.Node.Pages;

/// <summary>Lets nobody see a page of the staff without a session, nor one that is not for the own duties: deny by default.</summary>
/// <param name="sessions">Who is signed in.</param>
internal sealed class StaffGate(SessionBook sessions)
{
    /// <summary>Where one signs in.</summary>
    public const string SignIn = "/sign-in";

    /// <summary>The largest form, bytes.</summary>
    private const int FormBytesMax = 16 * 1024;

    private const string Cookie = "kiosklink-node";
    private static readonly string[] Open = [SignIn, "/language", "/pages", "/panel"];

    /// <summary>Finds the session, or shows the way to the sign-in.</summary>
    public Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var path = context.Request.Path;
        // A live part keeps no session awake.
        var session = sessions.Find(context.Request.Cookies[Cookie], touch: !path.Value!.EndsWith("/live", StringComparison.Ordinal));
        StaffVisit.Begin(context, session);
        if (session is not null)
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, $"{session.Ref}/{session.Started.UtcTicks}")], "staff"));
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } body && !path.StartsWithSegments("/panel"))
            body.MaxRequestBodySize = FormBytesMax;
        if (Open.Any(open => path.StartsWithSegments(open)))
            return next(context);
        if (session is null)
            context.Response.Redirect(HttpMethods.IsGet(context.Request.Method) && path != "/" ? $"{SignIn}?back={Uri.EscapeDataString(path)}" : SignIn);
        else if (MaySee(session, path))
            return next(context);
        else
            context.Response.Redirect(FirstOf(session));
        return Task.CompletedTask;
    }

    /// <summary>The first page of a person.</summary>
    public static string FirstOf(StaffSession session) => session.IsTechnician ? "/technician" : "/desk";

    /// <summary>Signs somebody in.</summary>
    public void Admit(HttpContext context, StaffSession session)
    {
        Dismiss(context);
        context.Response.Cookies.Append(Cookie, sessions.Open(session), Options(context));
    }

    /// <summary>Signs the caller out.</summary>
    public void Dismiss(HttpContext context)
    {
        sessions.Close(context.Request.Cookies[Cookie]);
        context.Response.Cookies.Delete(Cookie, Options(context));
    }

    private static bool MaySee(StaffSession session, PathString path) =>
        (!path.StartsWithSegments("/technician") || session.IsTechnician) && (!path.StartsWithSegments("/desk") || session.IsLibrarian);

    private static CookieOptions Options(HttpContext context) => new() { HttpOnly = true, SameSite = SameSiteMode.Strict, Secure = context.Request.IsHttps, Path = "/" };
}
