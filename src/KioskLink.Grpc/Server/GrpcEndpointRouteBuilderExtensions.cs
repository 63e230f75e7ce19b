using Grpc.AspNetCore.Server;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps gRPC services to their paths.</summary>
public static class GrpcEndpointRouteBuilderExtensions
{
    /// <summary>Serves a service that derives from a generated base class.</summary>
    /// <exception cref="InvalidOperationException">AddGrpc was not called, or the type is no gRPC service.</exception>
    public static GrpcServiceEndpointConventionBuilder MapGrpcService<TService>(this IEndpointRouteBuilder builder)
        where TService : class
    {
        ArgumentNullException.ThrowIfNull(builder);
        var mapped = builder.ServiceProvider.GetService<MappedServices>()
            ?? throw new InvalidOperationException("Call services.AddGrpc() before mapping gRPC services.");
        var binder = new ServiceBinder<TService>(builder);
        binder.BindAll();
        var newServices = binder.Methods.Select(method => method.ServiceName).Distinct().Except(mapped.Names).ToList();
        mapped.Add(typeof(TService), binder.Methods);
        return new GrpcServiceEndpointConventionBuilder([.. binder.Endpoints, .. MapUnimplemented(builder, mapped, newServices)]);
    }

    private static List<IEndpointConventionBuilder> MapUnimplemented(IEndpointRouteBuilder builder, MappedServices mapped, List<string> services)
    {
        var endpoints = services.ConvertAll(service => UnimplementedEndpoints.MapMethods(builder, service));
        var ignored = builder.ServiceProvider.GetRequiredService<IOptions<GrpcServiceOptions>>().Value.IgnoreUnknownServices ?? false;
        if (!mapped.AnswersUnknownServices && !ignored)
            UnimplementedEndpoints.MapServices(builder);
        mapped.AnswersUnknownServices = true;
        return endpoints;
    }
}
