using System.Net;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Testing;

namespace KioskLink.Register.Tests.Console;

/// <summary>The console takes a proxy's word about browsers only where the proxy is named.</summary>
public sealed class TrustedProxyTests
{
    [Theory]
    [InlineData("127.0.0.1", true)]
    [InlineData("10.1.2.3", false)]
    [InlineData("", false)]
    public async Task R44_Cookies_are_for_https_alone_where_a_named_proxy_says_that_the_browser_speaks_it(string proxy, bool isSecure)
    {
        using var folder = new TempFolder();
        var data = folder["register"];
        Directory.CreateDirectory(data);
        var config = new RegisterConfig(
            new Uri("https://127.0.0.1:0"), new Uri("http://127.0.0.1:0"), data, "lastu", Path.Combine(data, "master.key"),
            ConsoleProxies: proxy.Length == 0 ? null : [IPAddress.Parse(proxy)]);
        RegisterInit.Write(config, "lastu", TimeProvider.System.GetUtcNow());
        await using var host = await RegisterHost.StartAsync(config, TimeProvider.System);
        using var browser = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(host.Addresses.Console!), "/sign-in"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");

        using var page = await browser.SendAsync(request);

        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"), text => text.StartsWith("kiosklink-form", StringComparison.Ordinal));
        Assert.Equal(isSecure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }
}
