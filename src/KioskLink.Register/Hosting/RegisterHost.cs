using System.Security.Cryptography.X509Certificates;
using KioskLink.Circulation.Machines;
using KioskLink.Register.Access;
using KioskLink.Register.Alarms;
using KioskLink.Register.Console.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Machines;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Serilog;

namespace KioskLink.Register.Hosting;

/// <summary>The running register: its services, its listeners, and the way it stops.</summary>
internal sealed class RegisterHost : IAsyncDisposable
{
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    private readonly WebApplication _app;
    private readonly RegisterCore _core;
    private readonly ConsoleHost? _console;
    private readonly RegisterMachines? _machines;

    private RegisterHost(WebApplication app, RegisterCore core, ConsoleHost? console, RegisterMachines? machines, RegisterAddresses addresses)
    {
        (_app, _core, _console, _machines) = (app, core, console, machines);
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
        var files = new IdentityFiles(config.Data, config.MasterKey);
        var server = files.LoadServerCertificate();
        var alarms = Alarms(config);
        var machines = Sip2File.Load(config.Sip2);
        var core = await OpenAsync(config, files, time);
        WebApplication? app = null;
        try
        {
            app = Build(config, core, files, server, alarms);
            await app.StartAsync();
            await app.Services.GetRequiredService<EntryDesk>().RehearseAsync();
            var grpc = WithPort(config.Register, PortOf(app));
            app.Services.GetRequiredService<RegisterEndpoint>().Opened(grpc);
            if (OutageCheck.Examples(core.Profile.Outages) is { Count: > 0 } examples) app.Logger.ContactsAreExamples(examples.Count);
            var console = config.Console is null ? null : await ConsoleHost.StartAsync(config, new Uri(grpc), server, core.Profile, app.Services);
            var desk = await OpenMachinesAsync(machines, new Uri(grpc), server, core, app.Services);
            return new RegisterHost(app, core, console, desk, new RegisterAddresses(grpc, console is null ? null : WithPort(config.Console!, console.Port), desk?.Addresses));
        }
        catch (Exception failure)
        {
            if (app is not null) await app.DisposeAsync();
            await core.DisposeAsync();
            if (failure is not IOException) throw;
            throw new StartProblem($"The register cannot listen: {failure.Message} Stop the other program, or change 'register', 'console' or the listeners of 'sip2'.");
        }
    }

    /// <summary>Waits for SIGTERM or SIGINT, then for the calls in flight.</summary>
    public Task WaitForShutdownAsync() => _app.WaitForShutdownAsync();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_machines is not null) await _machines.DisposeAsync();
        if (_console is not null) await _console.DisposeAsync();
        await _app.StopAsync();
        await _app.DisposeAsync();
        await _core.DisposeAsync();
    }

    private static async Task<RegisterCore> OpenAsync(RegisterConfig config, IdentityFiles files, TimeProvider time)
    {
        try
        {
            return await RegisterCore.OpenAsync(config.Data, new MasterKey(files.ReadMasterKey()), ProfileReader.Load(config.Profile), time);
        }
        catch (Exception problem) when (problem is StoreProblem or ProfileProblem)
        {
            throw new StartProblem(problem.Message);
        }
    }

    private static async Task<RegisterMachines?> OpenMachinesAsync(Sip2Config? config, Uri grpc, X509Certificate2 server, RegisterCore core, IServiceProvider services)
    {
        if (config is not { Listeners.Count: > 0 })
            return null;
        var channels = new BranchChannels(services.GetRequiredService<CertificateAuthority>(), server, core.Profile.Id, grpc, core.Time);
        return await RegisterMachines.StartAsync(config, channels, services.GetRequiredService<AlarmDesk>(), services.GetRequiredService<ILogger<RegisterMachines>>(), core.Time);
    }

    private static AlarmSetup Alarms(RegisterConfig config)
    {
        try
        {
            return AlarmFile.Load(config.Alarms);
        }
        catch (AlarmFileProblem problem)
        {
            throw new StartProblem(problem.Message);
        }
    }

    private static WebApplication Build(RegisterConfig config, RegisterCore core, IdentityFiles files, X509Certificate2 server, AlarmSetup alarms)
    {
        var builder = WebApplication.CreateSlimBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.Sources.Clear();
        builder.Logging.ClearProviders();
        builder.Logging.AddSerilog(RegisterLog.Open(config.Data), dispose: true);
        // Nobody reads the host's own diagnostics of requests, and with a listener it makes an activity for each.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.None);
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel => Listeners.Open(kestrel, config, server));
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = StopPatience);
        builder.Services.AddSingleton(core.Time).AddSingleton(config);
        builder.Services.AddSingleton(alarms);
        if (config.ErasureList is { } list) builder.Services.AddSingleton(new ErasureListPath(list));
        RegisterServices.Add(builder.Services, core, files);

        var app = builder.Build();
        RegisterServices.Map(app);
        return app;
    }

    private static int PortOf(WebApplication app) =>
        new Uri(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First()).Port;

    private static string WithPort(Uri address, int port) => new UriBuilder(address) { Port = port }.Uri.GetLeftPart(UriPartial.Authority);
}
