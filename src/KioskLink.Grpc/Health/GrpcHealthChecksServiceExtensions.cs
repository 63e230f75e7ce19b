using Grpc.AspNetCore.HealthChecks;
using Grpc.Health.V1;
using Grpc.HealthCheck;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC health checking to an application.</summary>
public static class GrpcHealthChecksServiceExtensions
{
    /// <summary>Adds the health service: the server as a whole serves until a registered check or <see cref="HealthServiceImpl"/> says otherwise.</summary>
    public static IHealthChecksBuilder AddGrpcHealthChecks(this IServiceCollection services)
    {
        services.TryAddSingleton(_ => Serving());
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IHealthCheckPublisher, HealthPublisher>());
        return services.AddHealthChecks();
    }

    private static HealthServiceImpl Serving()
    {
        var health = new HealthServiceImpl();
        health.SetStatus("", HealthCheckResponse.Types.ServingStatus.Serving);
        return health;
    }
}
