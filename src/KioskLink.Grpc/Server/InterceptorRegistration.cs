using Grpc.Core.Interceptors;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>One interceptor of a server or a service; immutable.</summary>
public class InterceptorRegistration
{
    private readonly object[] _arguments;
    private readonly Lazy<ObjectFactory> _factory;

    internal InterceptorRegistration(Type type, object[] arguments)
    {
        if (!type.IsAssignableTo(typeof(Interceptor)))
            throw new ArgumentException($"{type} does not derive from {typeof(Interceptor)}.", nameof(type));
        Type = type;
        _arguments = arguments;
        _factory = new Lazy<ObjectFactory>(() => ActivatorUtilities.CreateFactory(Type, [.. _arguments.Select(argument => argument.GetType())]));
    }

    /// <summary>The interceptor's type.</summary>
    public Type Type { get; }

    /// <summary>What its constructor gets beside services.</summary>
    public IReadOnlyList<object> Arguments => _arguments;

    internal Interceptor Create(IServiceProvider services) => (Interceptor)_factory.Value(services, _arguments);
}
