using System.Net;
using Microsoft.Extensions.Primitives;

namespace KioskLink.Node.Pages;

/// <summary>What keeps the node's pages to themselves: nothing from elsewhere on them, no foreign page that writes, no name that was bent to this machine.</summary>
internal static class PageSafety
{
    private static readonly StringValues Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Refuses what comes from elsewhere, and puts the headers on the answer.</summary>
    public static Task GuardAsync(HttpContext context, RequestDelegate next)
    {
        var headers = context.Response.Headers;
        headers.ContentSecurityPolicy = Policy;
        headers.XContentTypeOptions = "nosniff";
        headers["Referrer-Policy"] = "no-referrer";
        headers["Cross-Origin-Opener-Policy"] = "same-origin";
        headers.CacheControl = "no-store";
        if (IsOurs(context.Request))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status403Forbidden;
        return Task.CompletedTask;
    }

    // A browser says from where a page writes; a program that says nothing is no browser that was led here.
    private static bool IsOurs(HttpRequest request) =>
        IsThisMachine(request.Host.Host)
        && (HttpMethods.IsGet(request.Method) || request.Headers.Origin is not [{ } origin] || origin == $"{request.Scheme}://{request.Host.Value}");

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
