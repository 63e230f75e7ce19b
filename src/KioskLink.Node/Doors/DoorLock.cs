using KioskLink.Devices.Locks;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.Doors;

/// <summary>What moves the locks of one door: all its lock outputs together. Thread-safe.</summary>
internal sealed class DoorLock(IReadOnlyList<OutputConfig> outputs, DeviceLines lines)
{
    /// <summary>Unlocks for a time. True only when every lock has acknowledged; nothing is ever sent a second time.</summary>
    public async Task<bool> UnlockAsync(TimeSpan unlockFor)
    {
        var results = await Task.WhenAll(outputs.Select(output => lines.UnlockAsync(output.Device, output.Output, unlockFor)));
        return Array.TrueForAll(results, result => result == OutputResult.Acknowledged);
    }

    /// <summary>Locks now. A device that is offline is locked when its next session begins.</summary>
    public Task LockAsync() => Task.WhenAll(outputs.Select(output => lines.LockAsync(output.Device, output.Output)));
}
