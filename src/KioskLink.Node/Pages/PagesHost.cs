using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
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
    /// <param name="place">Where they listen, and their certificate if they have one.</param>
    /// <param name="panels">The panels by entrance.</param>
    /// <param name="staff">The pages for staff; null for none.</param>
    /// <param name="time">Where time comes from.</param>
    /// <param name="log">The node's log.</param>
    /// <exception cref="StartProblem">The address is taken.</exception>
    public static async Task<PagesHost> StartAsync(ListenConfig place, IReadOnlyDictionary<string, PatronPanel> panels, StaffPages? staff, TimeProvider time, Serilog.ILogger log)
    {
        var certificate = ReadCertificate(place);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders().AddSerilog(log);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, IPEndPoint.Parse(place.Pages), certificate));
        builder.Services.AddRazorComponents();
        staff?.AddServices(builder.Services);
        var app = builder.Build();
        app.Use(new PageSafety(certificate).GuardAsync);
        staff?.Guard(app);
        PageAssets.Map(app);
        PanelEndpoints.Map(app, panels, time);
        staff?.Map(app);
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken)
        {
            await app.DisposeAsync();
            throw new StartProblem($"The node's pages cannot listen on {place.Pages} ({taken.Message}): stop the program that uses it, or change \"listen\": {{ \"pages\": … }}.");
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

    private static X509Certificate2? ReadCertificate(ListenConfig place)
    {
        if (string.IsNullOrEmpty(place.PagesCertificate))
            return null;
        try
        {
            return X509Certificate2.CreateFromPemFile(place.PagesCertificate, place.PagesKey);
        }
        catch (Exception broken) when (broken is CryptographicException or IOException or UnauthorizedAccessException)
        {
            throw new StartProblem($"The certificate of the node's pages cannot be read from {place.PagesCertificate} and {place.PagesKey} ({broken.Message}): name two PEM files that belong together under \"listen\".");
        }
    }

    private static void Listen(KestrelServerOptions kestrel, IPEndPoint address, X509Certificate2? certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxConcurrentConnections = ConnectionsMax;
        kestrel.Listen(address, listen =>
        {
            listen.Protocols = HttpProtocols.Http1;
            if (certificate is not null)
                listen.UseHttps(certificate);
        });
    }
}
