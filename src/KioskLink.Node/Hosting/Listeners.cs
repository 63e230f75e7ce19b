using System.Net;
using KioskLink.Node.Diagnostics;
using KioskLink.Node.Doors;
using KioskLink.Node.Kiosk;
using KioskLink.Node.Outage;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Serilog;

namespace KioskLink.Node.Hosting;

/// <summary>
/// The node's gRPC surfaces: KioskService on loopback, DiagnosticsService and LendingService on the Unix socket (0660), each on its own
/// listener only.
/// </summary>
internal static class Listeners
{
    private const UnixFileMode SocketMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite;
    private static readonly string[] SocketPaths = ["/kiosklink.node.v1.DiagnosticsService", "/kiosklink.node.v1.LendingService"];

    /// <summary>Starts both listeners.</summary>
    /// <exception cref="StartProblem">An address is taken.</exception>
    public static async Task<WebApplication> StartAsync(NodeParts parts, Premises premises, Technicians technicians, Serilog.ILogger log)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders().AddSerilog(log);
        builder.WebHost.ConfigureKestrel(kestrel => Listen(kestrel, parts.Config.Listen));
        builder.Services.AddGrpc();
        builder.Services.AddSingleton(parts);
        technicians.AddServices(builder.Services);
        builder.Services.AddSingleton(new ActDesk(parts)).AddSingleton<LendingApi>();
        premises.AddServices(builder.Services);
        var app = builder.Build();
        app.Use(KeepApart);
        app.MapGrpcService<TechnicianService>();
        app.MapGrpcService<LendingApi>();
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
        kestrel.Listen(IPEndPoint.Parse(listen.Kiosk), endpoint => endpoint.Protocols = HttpProtocols.Http2);
        kestrel.ListenUnixSocket(listen.Socket!, endpoint => endpoint.Protocols = HttpProtocols.Http2);
    }

    private static async Task StartAsync(WebApplication app, ListenConfig listen)
    {
        File.Delete(listen.Socket!);
        try
        {
            await app.StartAsync();
        }
        catch (IOException taken)
        {
            throw new StartProblem($"The node cannot listen on {listen.Kiosk} or {listen.Socket} ({taken.Message}): stop the program that uses it, or change \"listen\".");
        }
        File.SetUnixFileMode(listen.Socket!, SocketMode);
    }

    // What the socket's rights protect must not be had over TCP, nor the other way round.
    private static Task KeepApart(HttpContext context, RequestDelegate next)
    {
        var isTcp = context.Connection.LocalIpAddress is not null;
        var isForSocket = SocketPaths.Any(path => context.Request.Path.StartsWithSegments(path, StringComparison.Ordinal));
        if (isTcp == !isForSocket)
            return next(context);
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        return Task.CompletedTask;
    }
}
