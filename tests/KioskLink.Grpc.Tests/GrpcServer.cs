using System.Diagnostics.Metrics;
using System.Net;
using Grpc.AspNetCore.Server;
using Grpc.Net.Client;
using KioskLink.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Grpc.Testing;

/// <summary>A real Kestrel on a free port with the test service and whatever a test adds.</summary>
internal sealed class GrpcServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly MeterListener _meters = new();
    private int _activeCalls;
    private int _startedCalls;

    private GrpcServer(WebApplication app)
    {
        _app = app;
        var factory = app.Services.GetRequiredService<IMeterFactory>();
        _meters.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope == factory && instrument.Name == "grpc.server.active_calls")
                listener.EnableMeasurementEvents(instrument);
        };
        _meters.SetMeasurementEventCallback<int>((_, change, _, _) => Count(change));
        _meters.Start();
    }

    internal string Address => _app.Urls.First();

    internal int ActiveCalls => Volatile.Read(ref _activeCalls);

    internal IServiceProvider Services => _app.Services;

    internal int Port => new Uri(Address).Port;

    internal static async Task<GrpcServer> StartAsync(
        Action<GrpcServiceOptions>? grpc = null,
        Action<IServiceCollection>? services = null,
        Action<WebApplication>? map = null,
        Action<ListenOptions>? listen = null,
        Action<KestrelServerOptions>? kestrel = null,
        ScriptedService? script = null)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(options =>
        {
            options.Listen(IPAddress.Loopback, 0, endpoint => Open(endpoint, listen));
            kestrel?.Invoke(options);
        });
        builder.Services.AddGrpc(grpc ?? (_ => { }));
        if (script is not null)
            builder.Services.AddSingleton(script);
        services?.Invoke(builder.Services);
        var app = builder.Build();
        if (script is null)
            app.MapGrpcService<TestServer>();
        else
            app.MapGrpcService<ScriptedService>();
        map?.Invoke(app);
        var server = new GrpcServer(app);
        await app.StartAsync();
        return server;
    }

    private void Count(int change)
    {
        Interlocked.Add(ref _startedCalls, Math.Max(change, 0));
        Interlocked.Add(ref _activeCalls, change);
    }

    private static void Open(ListenOptions endpoint, Action<ListenOptions>? listen)
    {
        endpoint.Protocols = HttpProtocols.Http2;
        listen?.Invoke(endpoint);
    }

    internal GrpcChannel Channel(Action<GrpcChannelOptions>? configure = null)
    {
        var options = new GrpcChannelOptions();
        configure?.Invoke(options);
        return GrpcChannel.ForAddress(Address, options);
    }

    internal TestService.TestServiceClient Client(Action<GrpcChannelOptions>? configure = null) => new(Channel(configure));

    internal Task StopAsync(CancellationToken cancellationToken) => _app.StopAsync(cancellationToken);

    /// <summary>Waits until the server serves no call any more; a leaked call never ends.</summary>
    internal Task AllCallsEnded() => Patience.Until(() => ActiveCalls == 0, "the server has ended every call");

    /// <summary>Waits until a call has come and every call has ended.</summary>
    internal async Task AllCallsEndedAfterOne()
    {
        await Patience.Until(() => _startedCalls > 0, "a call has come");
        await AllCallsEnded();
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        _meters.Dispose();
    }
}
