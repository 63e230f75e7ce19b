using KioskLink.Devices;
using KioskLink.Devices.Locks;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.AlarmOutputs;

/// <summary>What the alarm outputs need done at the lines.</summary>
/// <param name="Set">Switches an output on or off; tells whether its device has said yes.</param>
/// <param name="Listen">Hands on every event of a device.</param>
/// <param name="Time">The time of the lines.</param>
/// <param name="Stopped">The lines have ended.</param>
internal sealed record LampWork(Func<AlarmOutputConfig, bool, Task<OutputResult>> Set, Action<string, Action<DeviceEvent>> Listen, TimeProvider Time, CancellationToken Stopped)
{
    // As good as for ever: the output stays until it is told otherwise, and rests when the node stops.
    private static readonly TimeSpan Always = TimeSpan.FromDays(3650);

    /// <summary>The work at real lines.</summary>
    public static LampWork At(DeviceLines lines) => new(
        (output, isOn) => isOn ? lines.UnlockAsync(output.Device, output.Output, Always) : lines.LockAsync(output.Device, output.Output),
        lines.Listen, lines.Time, lines.Stopped);
}
