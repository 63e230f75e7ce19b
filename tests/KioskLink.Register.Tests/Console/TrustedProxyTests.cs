using System.Net;
using KioskLink.Register.Console.Hosting;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;
using KioskLink.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

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
        RegisterInit.Write(config, "lastu", RunningRegister.Administrator, TimeProvider.System);
        await using var host = await RegisterHost.StartAsync(config, TimeProvider.System);
        using var browser = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(new Uri(host.Addresses.Console!), "/sign-in"));
        request.Headers.Add("X-Forwarded-Proto", "https");
        request.Headers.Add("X-Forwarded-For", "192.0.2.7");

        using var page = await browser.SendAsync(request);

        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"), text => text.StartsWith("kiosklink-form", StringComparison.Ordinal));
        Assert.Equal(isSecure, cookie.Contains("secure", StringComparison.OrdinalIgnoreCase));
    }

    [Theory]
    [InlineData("127.0.0.1", "192.0.2.7", "192.0.2.7")]
    [InlineData("127.0.0.1", "203.0.113.9, 192.0.2.7", "192.0.2.7")]
    [InlineData("10.1.2.3", "192.0.2.7", "127.0.0.1")]
    [InlineData("", "192.0.2.7", "127.0.0.1")]
    public async Task R41_Guesses_count_for_the_address_that_the_named_proxy_saw_and_never_for_one_that_a_browser_claims(string proxy, string claimed, string counted)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        builder.Logging.ClearProviders();
        TrustedProxies.Add(builder.Services, proxy.Length == 0 ? [] : [IPAddress.Parse(proxy)]);
        await using var app = builder.Build();
        app.UseForwardedHeaders();
        app.MapGet("/", (HttpContext context) => context.Connection.RemoteIpAddress!.MapToIPv4().ToString());
        await app.StartAsync();
        using var browser = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, app.Urls.First());
        request.Headers.Add("X-Forwarded-For", claimed);

        using var answer = await browser.SendAsync(request);

        Assert.Equal(counted, await answer.Content.ReadAsStringAsync());
    }
}
