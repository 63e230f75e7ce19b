using System.Reflection;
using Grpc.Core;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Grpc.AspNetCore.Server;

/// <summary>Maps an endpoint for each method of a service, found through the <c>BindService</c> of its generated base class.</summary>
internal sealed class ServiceBinder<TService>(IEndpointRouteBuilder endpoints) : ServiceBinderBase
    where TService : class
{
    private readonly CallSettings _settings = CallSettings.For<TService>(endpoints.ServiceProvider);
    private readonly ServiceActivator<TService> _activator = new(endpoints.ServiceProvider);
    private readonly List<IMethod> _methods = [];
    private readonly List<IEndpointConventionBuilder> _endpoints = [];
    private InterceptorChain? _chain;

    internal IReadOnlyList<IMethod> Methods => _methods;

    internal IReadOnlyList<IEndpointConventionBuilder> Endpoints => _endpoints;

    private InterceptorChain Chain => _chain ??= new InterceptorChain(_settings.Interceptors, endpoints.ServiceProvider);

    /// <summary>Maps every method.</summary>
    /// <exception cref="InvalidOperationException">The type does not derive from a generated base class.</exception>
    internal void BindAll()
    {
        var attribute = typeof(TService).GetCustomAttribute<BindServiceMethodAttribute>(inherit: true)
            ?? throw new InvalidOperationException($"{typeof(TService)} is no gRPC service: it does not derive from a generated base class.");
        var bind = attribute.BindType
            .GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Single(method => method.Name == attribute.BindMethodName && method.GetParameters() is [{ } binder, _] && binder.ParameterType == typeof(ServiceBinderBase));
        bind.Invoke(null, [this, null]);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, UnaryServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, open) = Find<Func<TService, TRequest, ServerCallContext, Task<TResponse>>>(method, typeof(TRequest), typeof(ServerCallContext));
        var invoke = Chain.Around<TRequest, TResponse>((request, context) => open(Service(context), request, context));
        Map(method, implementation, new UnaryCallHandler<TRequest, TResponse>(method, _settings, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ClientStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, open) = Find<Func<TService, IAsyncStreamReader<TRequest>, ServerCallContext, Task<TResponse>>>(method, typeof(IAsyncStreamReader<TRequest>), typeof(ServerCallContext));
        var invoke = Chain.Around<TRequest, TResponse>((IAsyncStreamReader<TRequest> requests, ServerCallContext context) => open(Service(context), requests, context));
        Map(method, implementation, new ClientStreamingCallHandler<TRequest, TResponse>(method, _settings, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, ServerStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, open) = Find<Func<TService, TRequest, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method, typeof(TRequest), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = Chain.Around<TRequest, TResponse>((TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context) => open(Service(context), request, responses, context));
        Map(method, implementation, new ServerStreamingCallHandler<TRequest, TResponse>(method, _settings, invoke).HandleAsync);
    }

    public override void AddMethod<TRequest, TResponse>(Method<TRequest, TResponse> method, DuplexStreamingServerMethod<TRequest, TResponse>? handler)
    {
        var (implementation, open) = Find<Func<TService, IAsyncStreamReader<TRequest>, IServerStreamWriter<TResponse>, ServerCallContext, Task>>(method, typeof(IAsyncStreamReader<TRequest>), typeof(IServerStreamWriter<TResponse>), typeof(ServerCallContext));
        var invoke = Chain.Around<TRequest, TResponse>((IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context) => open(Service(context), requests, responses, context));
        Map(method, implementation, new DuplexStreamingCallHandler<TRequest, TResponse>(method, _settings, invoke).HandleAsync);
    }

    private TService Service(ServerCallContext context) => _activator.Get(context.GetHttpContext());

    private static (MethodInfo Implementation, TDelegate Open) Find<TDelegate>(IMethod method, params Type[] parameters)
        where TDelegate : Delegate
    {
        var implementation = typeof(TService).GetMethod(method.Name, BindingFlags.Public | BindingFlags.Instance, parameters)
            ?? throw new InvalidOperationException($"{typeof(TService)} has no method for {method.FullName}.");
        return (implementation, implementation.CreateDelegate<TDelegate>());
    }

    private void Map(IMethod method, MethodInfo implementation, RequestDelegate handler)
    {
        _methods.Add(method);
        var endpoint = endpoints.MapPost(method.FullName, handler);
        endpoint.WithDisplayName($"gRPC - {method.FullName}");
        endpoint.WithMetadata([new GrpcMethodMetadata(typeof(TService), method), .. typeof(TService).GetCustomAttributes(inherit: true), .. implementation.GetCustomAttributes(inherit: true)]);
        _endpoints.Add(endpoint);
    }
}
