using KioskLink.Register.Identity;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Serilog;

namespace KioskLink.Register.Hosting;

/// <summary>The running register: its services, its listeners, and the way it stops.</summary>
internal sealed class RegisterHost : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;

    private RegisterHost(WebApplication app, RegisterAddresses addresses)
    {
        _app = app;
        Addresses = addresses;
    }

    /// <summary>Where it listens.</summary>
    public RegisterAddresses Addresses { get; }

    /// <summary>Its parts, for tests and simulations.</summary>
    public IServiceProvider Services => _app.Services;

    /// <summary>Starts a register on a data folder that the caller has locked; returns when every listener accepts.</summary>
    /// <exception cref="StartProblem">Keys, profile, store or ports cannot be used.</exception>
    public static async Task<RegisterHost> StartAsync(RegisterConfig config, TimeProvider time)
    {
        var app = Build(config, time);
        try
        {
            await app.StartAsync();
            return new RegisterHost(app, AddressesOf(app, config));
        }
        catch (IOException taken)
        {
            await app.DisposeAsync();
            throw new StartProblem($"The register cannot listen: {taken.Message} Stop the other program, or change 'register' or 'console'.");
        }
        catch
        {
            await app.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits for SIGTERM or SIGINT, then for the calls in flight.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }

    private static WebApplication Build(RegisterConfig config, TimeProvider time)
    {
        var files = new IdentityFiles(config.Data, config.MasterKey);
        var server = files.LoadServerCertificate();
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(RegisterLog.Open(config.Data), dispose: true);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listeners.Open(kestrel, config, server));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.Services.AddSingleton(time).AddSingleton(config);
        RegisterServices.Add(builder.Services, files);

        var app = builder.Build();
        RegisterServices.Map(app);
        return app;
    }

    private static RegisterAddresses AddressesOf(WebApplication app, RegisterConfig config)
    {
        var bound = app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Select(text => new Uri(text)).ToList();
        return new RegisterAddresses(
            WithPort(config.Register, bound.First(address => address.Scheme == Uri.UriSchemeHttps).Port),
            config.Console is { } console ? WithPort(console, bound.First(address => address.Scheme == Uri.UriSchemeHttp).Port) : null);
    }

    private static string WithPort(Uri address, int port) => new UriBuilder(address) { Port = port }.Uri.GetLeftPart(UriPartial.Authority);
}
