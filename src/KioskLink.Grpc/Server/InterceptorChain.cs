using Grpc.Core;
using Grpc.Core.Interceptors;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Puts a service's interceptors around its methods, once at start; the first registered stands outermost.</summary>
internal sealed class InterceptorChain(IReadOnlyList<InterceptorRegistration> registrations, IServiceProvider root)
{
    private readonly IReadOnlyList<Func<ServerCallContext, Interceptor>> _innermostFirst =
        [.. registrations.Reverse().Select(registration => Resolver(registration, root))];

    internal UnaryServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(UnaryServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        _innermostFirst.Aggregate(method, (next, get) => (request, context) => get(context).UnaryServerHandler(request, context, next));

    internal ClientStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(ClientStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        _innermostFirst.Aggregate(method, (next, get) => (requests, context) => get(context).ClientStreamingServerHandler(requests, context, next));

    internal ServerStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(ServerStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        _innermostFirst.Aggregate(method, (next, get) => (request, responses, context) => get(context).ServerStreamingServerHandler(request, responses, context, next));

    internal DuplexStreamingServerMethod<TRequest, TResponse> Around<TRequest, TResponse>(DuplexStreamingServerMethod<TRequest, TResponse> method)
        where TRequest : class
        where TResponse : class =>
        _innermostFirst.Aggregate(method, (next, get) => (requests, responses, context) => get(context).DuplexStreamingServerHandler(requests, responses, context, next));

    private static Func<ServerCallContext, Interceptor> Resolver(InterceptorRegistration registration, IServiceProvider root)
    {
        if (root.GetRequiredService<ServiceLifetimes>().IsSingleton(registration.Type))
        {
            var singleton = (Interceptor)root.GetRequiredService(registration.Type);
            return _ => singleton;
        }
        return context => Interceptor(registration, context.GetHttpContext());
    }

    private static Interceptor Interceptor(InterceptorRegistration registration, HttpContext http) =>
        (Interceptor?)http.RequestServices.GetService(registration.Type) ?? registration.Create(http.RequestServices).DisposeWith(http);
}
