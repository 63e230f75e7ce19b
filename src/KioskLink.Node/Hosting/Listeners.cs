using System.Net;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Doors;
using KioskLink.Node.Kiosk;
using KioskLink.Node.Outage;
using KioskLink.Node.SecondRole;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;

namespace KioskLink.Node.Hosting;

/// <summary>
/// The node's gRPC surfaces: KioskService on loopback, DiagnosticsService, LendingService and SecondRoleService on Unix sockets (0660), each on
/// its own listener only.
/// </summary>
internal static class Listeners
{
    private const UnixFileMode SocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;

    /// <summary>Starts the listeners.</summary>
    /// <exception cref="StartProblem">An address is taken, or a group is not there.</exception>
    public static async Task<WebApplication> StartAsync(NodeParts parts, Premises premises, Technicians technicians, Serilog.ILogger log, PeerUser userOf)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSerilog(log);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, parts.Config.Listen));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(parts).AddSingleton(premises).AddSingleton(userOf);
        technicians.AddServices(builder.Services);
        builder.Services.AddSingleton(new ActDesk(parts)).AddSingleton<LendingApi>();
        builder.Services.AddSecondRole(parts, technicians.Approvals);
        premises.AddServices(builder.Services);
        var app = builder.Build();
        app.Use(KeepApart);
        app.MapGrpcService<TechnicianService>();
        app.MapGrpcService<LendingApi>();
        app.MapGrpcService<SecondRoleApi>();
        app.MapGrpcService<KioskApi>();
        await StartAsync(app, parts.Config.Listen);
        return app;
    }

    /// <summary>Where the kiosk API listens (`http://127.0.0.1:41234`).</summary>
    public static string KioskAddress(WebApplication app) =>
        app.Services.GetRequiredService<Microsoft.AspNetCore.Hosting.Server.IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
            .First(address => !address.Contains("unix:", StringComparison.Ordinal));

    private static void Listen(KestrelServerOptions kestrel, ListenConfig listen)
    {
        kestrel.Listen(IPEndPoint.Parse(listen.Kiosk), endpoint => Serve(endpoint, Surface.Kiosk));
        kestrel.ListenUnixSocket(listen.Socket!, endpoint => Serve(endpoint, Surface.Technician));
        if (listen.SecondRoleSocket is { } second)
            kestrel.ListenUnixSocket(second, endpoint => Serve(endpoint, Surface.SecondRole));
    }

    private static void Serve(ListenOptions endpoint, Surface surface)
    {
        endpoint.Protocols = HttpProtocols.Http2;
        endpoint.Use(next => connection =>
        {
            connection.Features.Set(surface);
            return next(connection);
        });
    }

    private static async Task StartAsync(WebApplication app, ListenConfig listen)
    {
        File.Delete(listen.Socket!);
        if (listen.SecondRoleSocket is { } stale)
            File.Delete(stale);
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken)
        {
            throw new StartProblem($"The node cannot listen on {listen.Kiosk}, {listen.Socket} or {listen.SecondRoleSocket} ({taken.Message}): stop the program that uses it, or change \"listen\".");
        }
        File.SetUnixFileMode(listen.Socket!, SocketMode);
        if (listen is not { SecondRoleSocket: { } second, SecondRoleGroup: { } group })
            return;
        SocketGroup.Give(second, group);
        File.SetUnixFileMode(second, SocketMode);
    }

    // What one listener's rights protect must not be had over another.
    private static Task KeepApart(HttpContext context, RequestDelegate next)
    {
        if (context.Features.Get<Surface>() is { } surface && surface.Serves(context.Request.Path))
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}

/// <summary>A listener, and the services that it serves.</summary>
/// <param name="services">Their paths.</param>
internal sealed class Surface(params string[] services)
{
    /// <summary>For programs inside the kiosk.</summary>
    public static readonly Surface Kiosk = new("/kiosklink.node.v1.KioskService");

    /// <summary>For technicians, and for staff who look at what was lent during an outage.</summary>
    public static readonly Surface Technician = new("/kiosklink.node.v1.DiagnosticsService", "/kiosklink.node.v1.LendingService");

    /// <summary>For a second person.</summary>
    public static readonly Surface SecondRole = new("/kiosklink.node.v1.SecondRoleService");

    /// <summary>Whether a call is for one of them.</summary>
    public bool Serves(PathString path) => services.Any(service => path.StartsWithSegments(service, StringComparison.Ordinal));
}
