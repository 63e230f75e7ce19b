using KioskLink.Register.Identity;

namespace KioskLink.Register.Hosting;

/// <summary>Which rooms the register has, and which services it offers.</summary>
internal static class RegisterServices
{
    /// <summary>Puts the rooms together.</summary>
    public static void Add(IServiceCollection services, IdentityFiles files)
    {
        services.AddIdentity(files, "lastu");
        services.AddGrpc(grpc =>
        {
            grpc.Interceptors.Add<StorageInterceptor>();
            grpc.Interceptors.Add<IdentityInterceptor>();
        });
    }

    /// <summary>Offers the services.</summary>
    public static void Map(WebApplication app)
    {
        app.MapGet("/healthz", () => "ok");
    }
}
