using System.Security.Cryptography.X509Certificates;
using KioskLink.Register.Console.Api;
using KioskLink.Register.Hosting;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace KioskLink.Register.Console.Hosting;

/// <summary>
/// The console as a web server of its own within the register's process: no middleware of the pages stands in a door's way,
/// and no page can be reached through the port of gRPC.
/// </summary>
internal sealed class ConsoleHost : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(2);

    private readonly WebApplication _app;
    private readonly RegisterChannel _register;

    private ConsoleHost(WebApplication app, RegisterChannel register)
    {
        (_app, _register) = (app, register);
        Port = new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;
    }

    /// <summary>The port that was given out.</summary>
    public int Port { get; }

    /// <summary>Opens the pages' port; the register must listen already.</summary>
    /// <param name="config">Where the pages listen and their keys lie.</param>
    /// <param name="grpc">Where the register listens.</param>
    /// <param name="server">The register's certificate.</param>
    /// <param name="profile">Whose console it is.</param>
    /// <param name="register">The register's own services, of which the console takes clock and log.</param>
    public static async Task<ConsoleHost> StartAsync(RegisterConfig config, Uri grpc, X509Certificate2 server, ConsortiumProfile profile, IServiceProvider register)
    {
        var time = register.GetRequiredService<TimeProvider>();
        var channel = new RegisterChannel(grpc, server, time);
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, config.Console!));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        ConsoleServices.Add(builder.Services, config, channel, profile, time, register.GetRequiredService<RegisterCore>().Store.Vault);
        // The register's log and the register's signals: the console has none of its own.
        builder.Services.AddSingleton(register.GetRequiredService<ILoggerFactory>());
        builder.Services.AddSingleton<IHostLifetime, NoLifetime>();

        var app = builder.Build();
        ConsoleServices.Map(app);
        await app.StartAsync();
        return new ConsoleHost(app, channel);
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
        _register.Dispose();
    }

    private static void Listen(KestrelServerOptions kestrel, Uri address)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.MaxRequestBodySize = ConsoleLimits.FormBytesMax;
        Listeners.Listen(kestrel, address, listen => listen.Protocols = HttpProtocols.Http1);
    }

    private sealed class NoLifetime : IHostLifetime
    {
        public Task WaitForStartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
