using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Tells which types the container keeps as singletons, so that no scope is made for them per call.</summary>
internal sealed class ServiceLifetimes(IServiceCollection services)
{
    internal bool IsSingleton(Type type) => services.LastOrDefault(service => service.ServiceType == type)?.Lifetime == ServiceLifetime.Singleton;
}
