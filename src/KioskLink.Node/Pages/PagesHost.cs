using System.Net;
using KioskLink.Node.Hosting;
using KioskLink.Node.Panel;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;

namespace KioskLink.Node.Pages;

/// <summary>The node's pages as a web server of its own: no page can be reached through the port of gRPC, and no call through the pages' port.</summary>
internal sealed class PagesHost : IAsyncDisposable
{
    /// <summary>Browsers at one time; a panel holds one connection for what it shows.</summary>
    private const int ConnectionsMax = 128;

    private readonly WebApplication _app;

    private PagesHost(WebApplication app) =>
        (_app, Address) = (app, app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Where the pages are (`http://127.0.0.1:7081`).</summary>
    public string Address { get; }

    /// <summary>Opens the pages' port.</summary>
    /// <param name="address">Loopback address and port; port 0 takes a free one.</param>
    /// <param name="panels">The panels by entrance.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="log">The node's log.</param>
    /// <exception cref="StartProblem">The address is taken.</exception>
    public static async Task<PagesHost> StartAsync(string address, IReadOnlyDictionary<string, PatronPanel> panels, TimeProvider time, Serilog.ILogger log)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSerilog(log);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, IPEndPoint.Parse(address)));
        builder.Services.AddRazorComponents();
        var app = builder.Build();
        app.Use(PageSafety.GuardAsync);
        PageAssets.Map(app);
        PanelEndpoints.Map(app, panels, time);
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken)
        {
            await app.DisposeAsync();
            throw new StartProblem($"The node's pages cannot listen on {address} ({taken.Message}): stop the program that uses it, or change \"listen\": {{ \"pages\": … }}.");
        }
        return new PagesHost(app);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        using var atOnce = new CancellationTokenSource();
        // A panel's page never ends its request by itself.
        await atOnce.CancelAsync();
        await _app.StopAsync(atOnce.Token);
        await _app.DisposeAsync();
    }

    private static void Listen(KestrelServerOptions kestrel, IPEndPoint address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Listen(address, listen => listen.Protocols = HttpProtocols.Http1);
    }
}
