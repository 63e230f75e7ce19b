using KioskLink.Register.Console.Keys;
using KioskLink.Register.Console.Layout;
using KioskLink.Register.Console.Patrons;
using KioskLink.Register.Console.Sessions;
using KioskLink.Register.Console.Texts;
using Microsoft.AspNetCore.Antiforgery;

namespace KioskLink.Register.Console.Hosting;

/// <summary>The small forms that stand on every page: language, search, signing out. Each is a POST with an antiforgery token.</summary>
internal static class FormEndpoints
{
    /// <summary>Maps them.</summary>
    public static void Map(WebApplication console)
    {
        console.MapGet("/", (HttpContext context) => Results.Redirect(Rooms.FirstFor(context.RequestServices.GetRequiredService<Visit>())));
        Post(console, "/language", (context, form) =>
        {
            PageLanguage.Choose(context, form["language"].ToString());
            return Task.FromResult(Local(form["back"].ToString()));
        });
        Post(console, "/keys", (context, form) =>
        {
            SlashKey.Choose(context, form["slash"].ToString());
            return Task.FromResult("/keys");
        });
        Post(console, "/search", SearchForm.RunAsync);
        Post(console, "/sign-out", (context, _) => SignOut(context, SessionKind.Staff, "/sign-in"));
        Post(console, "/my/sign-out", (context, _) => SignOut(context, SessionKind.Patron, "/my/sign-in"));
    }

    /// <summary>An address of this console, or its first page: nobody is led elsewhere.</summary>
    public static string Local(string? address) =>
        address is ['/', not ('/' or '\\'), ..] && !address.Any(char.IsControl) ? address : "/";

    private static void Post(WebApplication console, string path, Func<HttpContext, IFormCollection, Task<string>> handle) =>
        console.MapPost(path, async (HttpContext context, IAntiforgery antiforgery) =>
        {
            if (!await antiforgery.IsRequestValidAsync(context)) return Results.BadRequest();
            return Results.Redirect(await handle(context, await context.Request.ReadFormAsync(context.RequestAborted)));
        });

    private static async Task<string> SignOut(HttpContext context, SessionKind kind, string next)
    {
        // The browser's session ends first, whatever the register answers.
        context.RequestServices.GetRequiredService<SessionBooks>().Close(context, kind);
        await SignIn.SignOut.TellAsync(context, kind);
        return next;
    }
}
