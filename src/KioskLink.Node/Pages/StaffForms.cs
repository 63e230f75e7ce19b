using Microsoft.AspNetCore.Antiforgery;

namespace KioskLink.Node.Pages;

/// <summary>Forms of the staff's pages: a POST with an antiforgery token, answered by the way to the next page.</summary>
internal static class StaffForms
{
    /// <summary>Maps a form; the handler gives the next page's address.</summary>
    public static void MapForm(this IEndpointRouteBuilder routes, string path, Func<HttpContext, IFormCollection, Task<string>> handle) =>
        routes.MapPost(path, async (HttpContext context, IAntiforgery antiforgery) =>
        {
            if (!context.Request.HasFormContentType || !await antiforgery.IsRequestValidAsync(context))
                return Results.BadRequest();
            return Results.Redirect(await handle(context, await context.Request.ReadFormAsync(context.RequestAborted)));
        });

    /// <summary>An address of this node, or the first page: nobody is led elsewhere.</summary>
    public static string Local(string? address) =>
        address is ['/', not ('/' or '\\'), ..] && !address.Any(char.IsControl) ? address : "/";
}
