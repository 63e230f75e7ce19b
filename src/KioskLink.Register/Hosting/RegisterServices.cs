using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Rights;
using KioskLink.Register.Store;

namespace KioskLink.Register.Hosting;

/// <summary>Which rooms the register has, and which services it offers.</summary>
internal static class RegisterServices
{
    /// <summary>Puts the rooms together over an open core.</summary>
    public static void Add(IServiceCollection services, RegisterCore core, IdentityFiles files)
    {
        services.AddSingleton<RegisterEndpoint>().AddSingleton<StorageInterceptor>();
        services.AddIdentity(files, core.Profile.Id);
        services.AddRooms(core);
        services.AddNodes();
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<StorageInterceptor>();
            grpc.Interceptors.Add<AuditInterceptor>();
            grpc.Interceptors.Add<IdentityInterceptor>();
            grpc.Interceptors.Add<RestrictionInterceptor>();
        });
        services.AddGrpcHealthChecks();
        services.AddGrpcReflection();
    }

    /// <summary>Offers the services, and a page by which a watchdog without a certificate sees that the register lives.</summary>
    public static void Map(WebApplication app)
    {
        app.MapRooms();
        app.MapNodes();
        app.MapGrpcHealthChecksService();
        app.MapGrpcReflectionService();
        app.MapGet("/healthz", () => "ok");
    }
}
