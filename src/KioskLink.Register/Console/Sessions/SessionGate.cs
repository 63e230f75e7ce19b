using System.Security.Claims;
using KioskLink.Register.Console.Texts;

namespace KioskLink.Register.Console.Sessions;

/// <summary>Lets nobody see a page without a session, but for the pages by which one comes in: deny by default.</summary>
internal sealed class SessionGate(RequestDelegate next, SessionBooks books)
{
    private static readonly string[] Open = ["/sign-in", "/set-up", "/my/sign-in", "/my/privacy", "/language", "/assets", "/healthz"];

    /// <summary>Finds the session, or shows the way to the sign-in.</summary>
    public Task InvokeAsync(HttpContext context, Visit visit)
    {
        var path = context.Request.Path;
        var session = books.Find(context, touch: !path.Value!.EndsWith("/live", StringComparison.Ordinal));
        visit.Begin(session, PageLanguage.Read(context.Request));
        if (session is not null)
        {
            // Antiforgery tokens are bound to this name, so that one of another session is refused.
            context.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.NameIdentifier, $"{session.Kind}/{session.Name}/{session.Started.UtcTicks}")], "console"));
        }

        if (session is not null || Open.Any(open => path.StartsWithSegments(open))) return next(context);
        context.Response.Redirect(SignInFor(context.Request));
        return Task.CompletedTask;
    }

    /// <summary>Where a stranger goes: the sign-in, which leads back to the page that was asked for.</summary>
    public static string SignInFor(HttpRequest request)
    {
        var signIn = SessionBooks.KindOf(request.Path) == SessionKind.Patron ? "/my/sign-in" : "/sign-in";
        return HttpMethods.IsGet(request.Method) && request.Path != "/"
            ? $"{signIn}?back={Uri.EscapeDataString(request.Path + request.QueryString)}"
            : signIn;
    }
}
