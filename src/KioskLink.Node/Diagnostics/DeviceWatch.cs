using System.Collections.Concurrent;
using KioskLink.Devices;

namespace KioskLink.Node.Diagnostics;

/// <summary>Keeps what technicians want to know of what devices have told: never a card, never a key. Thread-safe.</summary>
internal sealed class DeviceWatch
{
    private readonly ConcurrentDictionary<string, int> _keys = new();

    /// <summary>Takes an event of any device or line; returns at once.</summary>
    public void Take(DeviceEvent happened)
    {
        if (happened is KeysPressed { Stale: false } pressed)
            _keys.AddOrUpdate(pressed.SourceId, pressed.Keys.Keys.Length, (_, count) => count + pressed.Keys.Keys.Length);
    }

    /// <summary>How many keys have been pressed at a device since the start.</summary>
    public int KeysPressedAt(string deviceId) => _keys.GetValueOrDefault(deviceId);
}
