using System.Net;
using Microsoft.AspNetCore.HttpOverrides;

namespace KioskLink.Register.Console.Hosting;

/// <summary>
/// The TLS proxies before the pages: from them, and from nobody else, the console takes a browser's address and that the browser speaks
/// https. So guesses are counted by browser and cookies are for https alone.
/// </summary>
internal static class TrustedProxies
{
    /// <summary>Names the proxies; with none every header is left unread.</summary>
    public static void Add(IServiceCollection services, IReadOnlyList<IPAddress> proxies) => services.Configure<ForwardedHeadersOptions>(headers =>
    {
        // The framework trusts loopback by itself.
        headers.KnownIPNetworks.Clear();
        headers.KnownProxies.Clear();
        headers.ForwardedHeaders = proxies.Count == 0 ? ForwardedHeaders.None : ForwardedHeaders.XForwardedFor | ForwardedHeaders.XForwardedProto;
        // Each of a chain adds its own; what stands before the first of them is the browser's word.
        headers.ForwardLimit = Math.Max(1, proxies.Count);
        foreach (var proxy in proxies)
        {
            headers.KnownProxies.Add(proxy);
        }
    });
}
