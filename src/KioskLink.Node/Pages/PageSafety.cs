using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.Extensions.Primitives;

namespace KioskLink.Node.Pages;

/// <summary>What keeps the node's pages to themselves: nothing from elsewhere on them, no foreign page that writes, no name that was bent to this machine.</summary>
/// <param name="certificate">The pages' certificate, whose names are theirs too; null on loopback.</param>
internal sealed class PageSafety(X509Certificate2? certificate)
{
    private static readonly StringValues Policy =
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    /// <summary>Refuses what comes from elsewhere, and puts the headers on the answer.</summary>
    public Task GuardAsync(HttpContext context, RequestDelegate next)
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
    private bool IsOurs(HttpRequest request) =>
        IsOurName(request.Host.Host)
        && (HttpMethods.IsGet(request.Method) || request.Headers.Origin is not [{ } origin] || origin == $"{request.Scheme}://{request.Host.Value}" || IsOwnForm(request, origin));

    // Pages that refer to nobody send their forms without an origin; the browser then says beside it whence they come.
    private static bool IsOwnForm(HttpRequest request, string origin) => origin == "null" && request.Headers["Sec-Fetch-Site"] == "same-origin";

    private bool IsOurName(string host) => IsThisMachine(host) || (host.Length > 0 && certificate?.MatchesHostname(host.Trim('[', ']')) == true);

    private static bool IsThisMachine(string host) => host == "localhost" || (IPAddress.TryParse(host.Trim('[', ']'), out var address) && IPAddress.IsLoopback(address));
}
