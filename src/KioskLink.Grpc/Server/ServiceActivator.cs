using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Grpc.AspNetCore.Server;

/// <summary>Gives each call its service: as registered in the container, or a fresh one that is disposed after the call.</summary>
internal sealed class ServiceActivator<TService>
    where TService : class
{
    private static readonly ObjectFactory<TService> Create = ActivatorUtilities.CreateFactory<TService>([]);

    private readonly bool _isRegistered;
    private readonly Lazy<TService>? _singleton;

    internal ServiceActivator(IServiceProvider root)
    {
        _isRegistered = root.GetService<IServiceProviderIsService>()?.IsService(typeof(TService)) ?? false;
        if (root.GetRequiredService<ServiceLifetimes>().IsSingleton(typeof(TService)))
            _singleton = new Lazy<TService>(root.GetRequiredService<TService>);
    }

    /// <summary>The service for one call; what is made here lives until the end of the request.</summary>
    internal TService Get(HttpContext http)
    {
        if (_singleton is not null)
            return _singleton.Value;
        return _isRegistered
            ? http.RequestServices.GetRequiredService<TService>()
            : Create(http.RequestServices, []).DisposeWith(http);
    }
}
