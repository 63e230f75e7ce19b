using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Node.Deciding;

/// <summary>Which devices are slowed for wrong PINs over many cards (DESIGN 6), as far as this node decided alone. In memory. Thread-safe.</summary>
internal sealed class SlowDevices
{
    /// <summary>Devices that are remembered: more than a node has. Beyond it all are forgotten at once.</summary>
    public const int Limit = 256;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, DeviceSlowdown> _devices = new(StringComparer.Ordinal);

    /// <summary>Whether the device may not try now.</summary>
    public bool MustWait(string device, Instant lived)
    {
        lock (_gate)
            return _devices.TryGetValue(device, out var slowdown) && slowdown.WaitBefore(lived) > Duration.Zero;
    }

    /// <summary>Whether the device is slow.</summary>
    public bool IsSlow(string device, Instant lived)
    {
        lock (_gate)
            return _devices.TryGetValue(device, out var slowdown) && slowdown.IsSlow(lived);
    }

    /// <summary>Notes a wrong PIN or an unknown card; whether the device is slow with it.</summary>
    public bool Fail(string device, byte[] token, Instant lived)
    {
        lock (_gate)
        {
            if (_devices.Count == Limit && !_devices.ContainsKey(device))
                _devices.Clear();
            var slowdown = _devices.GetValueOrDefault(device, DeviceSlowdown.None).Fail(token, lived);
            _devices[device] = slowdown;
            return slowdown.IsSlow(lived);
        }
    }
}
