using KioskLink.Protos.Register.V1;
using KioskLink.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace KioskLink.Cli.FakeRegister;

/// <summary>The services of register and node over real TLS and a real Unix socket, answering by a script.</summary>
internal sealed class FakeServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly TempFolder _folder;

    private FakeServer(WebApplication app, TempFolder folder, IdentityFolder identity, Script script)
    {
        _app = app;
        _folder = folder;
        Identity = identity;
        Script = script;
    }

    public IdentityFolder Identity { get; }

    public Script Script { get; }

    public string Socket => _folder["node.sock"];

    public string Address => _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses
        .Single(address => address.StartsWith("https", StringComparison.Ordinal));

    public static async Task<FakeServer> StartAsync()
    {
        var (folder, identity, script) = (new TempFolder(), new IdentityFolder(), new Script());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseKestrelHttpsConfiguration();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.Listen(System.Net.IPAddress.Loopback, 0, listen =>
            {
                listen.Protocols = HttpProtocols.Http2;
                listen.UseHttps(new HttpsConnectionAdapterOptions
                {
                    ServerCertificate = identity.Server,
                    ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                    ClientCertificateValidation = (_, _, _) => true,
                });
            });
            kestrel.ListenUnixSocket(folder["node.sock"], listen => listen.Protocols = HttpProtocols.Http2);
        });
        builder.Services.AddGrpc(grpc => grpc.Interceptors.Add<ScriptedCalls>());
        builder.Services.AddSingleton(script);
        var app = builder.Build();
        // The interceptor answers before a service would be made, so that its unfinished base will do.
        app.MapGrpcService<AccessService.AccessServiceBase>();
        app.MapGrpcService<AlarmService.AlarmServiceBase>();
        app.MapGrpcService<ApplicationService.ApplicationServiceBase>();
        app.MapGrpcService<AuditService.AuditServiceBase>();
        app.MapGrpcService<BanService.BanServiceBase>();
        app.MapGrpcService<BranchService.BranchServiceBase>();
        app.MapGrpcService<CameraRegisterService.CameraRegisterServiceBase>();
        app.MapGrpcService<ConsentService.ConsentServiceBase>();
        app.MapGrpcService<FakeDiagnosticsService>();
        app.MapGrpcService<DisclosureService.DisclosureServiceBase>();
        app.MapGrpcService<Protos.Node.V1.LendingService.LendingServiceBase>();
        app.MapGrpcService<LoanService.LoanServiceBase>();
        app.MapGrpcService<FakeNodeService>();
        app.MapGrpcService<OutageService.OutageServiceBase>();
        app.MapGrpcService<PatronNoteService.PatronNoteServiceBase>();
        app.MapGrpcService<PatronNoticeService.PatronNoticeServiceBase>();
        app.MapGrpcService<FakePatronService>();
        app.MapGrpcService<Protos.Node.V1.SecondRoleService.SecondRoleServiceBase>();
        await app.StartAsync();
        return new FakeServer(app, folder, identity, script);
    }

    public async ValueTask DisposeAsync()
    {
        await _app.DisposeAsync();
        Identity.Dispose();
        _folder.Dispose();
    }
}
