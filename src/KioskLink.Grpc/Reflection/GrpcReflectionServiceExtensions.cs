using System.Reflection;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Reflection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using ProtoService = Google.Protobuf.Reflection.ServiceDescriptor;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds gRPC server reflection to an application.</summary>
public static class GrpcReflectionServiceExtensions
{
    /// <summary>Adds reflection over the services that are mapped by the time of the first question.</summary>
    public static IServiceCollection AddGrpcReflection(this IServiceCollection services)
    {
        services.TryAddSingleton(provider => new Lazy<ReflectionServiceImpl>(() => new ReflectionServiceImpl(Mapped(provider))));
        services.TryAddScoped(provider => provider.GetRequiredService<Lazy<ReflectionServiceImpl>>().Value);
        return services;
    }

    private static IEnumerable<ProtoService> Mapped(IServiceProvider provider) =>
        provider.GetRequiredService<MappedServices>().Types.Select(DescriptorOf).OfType<ProtoService>();

    /// <summary>The generated class beside the service's base class says what the service is.</summary>
    private static ProtoService? DescriptorOf(Type service) =>
        service.GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)?.BindType
            .GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as ProtoService;
}
