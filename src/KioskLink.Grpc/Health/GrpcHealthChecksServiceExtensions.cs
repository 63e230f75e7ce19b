using Grpc.AspNetCore.HealthChecks;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC health checking to an application.</summary>
public static class GrpcHealthChecksServiceExtensions
{
    /// <summary>Adds the health service: the server as a whole serves until a registered check or <see cref="HealthServiceImpl"/> says otherwise.</summary>
    public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services)
    {
        services.TryAddSingleton(Serving);
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthCheckPublisher, HealthPublisher>());
        return services.AddHealthChecks();
    }

    private static HealthServiceImpl Serving(IServiceProvider services)
    {
        var health = new HealthServiceImpl();
        health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        services.GetService<IHostApplicationLifetime>()?.ApplicationStopping.Register(health.Stop);
        return health;
    }
}
