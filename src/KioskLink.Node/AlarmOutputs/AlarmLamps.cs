using KioskLink.Devices;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.AlarmOutputs;

/// <summary>
/// Moves the outputs that tell of critical alarms, decided by the node alone: so somebody hears of a fault while the line to the
/// register is dead. Thread-safe; nothing waits for it.
/// </summary>
internal sealed class AlarmLamps(IReadOnlyList<AlarmOutputConfig> outputs, DeviceLines lines)
{
    // As good as for ever: the output stays until it is told otherwise, and rests when the node stops.
    private static readonly TimeSpan Always = TimeSpan.FromDays(3650);

    private readonly Lock _gate = new();
    private readonly HashSet<AlarmOutputConfig> _on = [];

    /// <summary>Whether an output is on. Pure.</summary>
    /// <param name="output">The output.</param>
    /// <param name="hasCritical">Whether a critical alarm stands.</param>
    /// <param name="isOnline">Whether the register hears the node.</param>
    public static bool IsOn(AlarmOutputConfig output, bool hasCritical, bool isOnline) => hasCritical && (output.When == AlarmOutputWhen.Always || !isOnline);

    /// <summary>Listens for devices that come back: they have lost what was set. Before the lines start only.</summary>
    public void Listen()
    {
        foreach (var device in outputs.Select(output => output.Device).Distinct())
            lines.Listen(device, happened =>
            {
                if (happened is DeviceOnline)
                    SetAgain(device);
            });
    }

    /// <summary>Puts the outputs into the states that follow.</summary>
    /// <param name="hasCritical">Whether a critical alarm stands.</param>
    /// <param name="isOnline">Whether the register hears the node.</param>
    public void Show(bool hasCritical, bool isOnline)
    {
        lock (_gate)
        {
            foreach (var output in outputs)
            {
                var isOn = IsOn(output, hasCritical, isOnline);
                if (isOn ? _on.Add(output) : _on.Remove(output))
                    _ = SetAsync(output, isOn);
            }
        }
    }

    private void SetAgain(string device)
    {
        lock (_gate)
        {
            foreach (var output in _on.Where(output => output.Device == device))
                _ = SetAsync(output, isOn: true);
        }
    }

    // A device that is away is set when it is back.
    private async Task SetAsync(AlarmOutputConfig output, bool isOn) => _ = isOn
        ? await lines.UnlockAsync(output.Device, output.Output, Always)
        : await lines.LockAsync(output.Device, output.Output);
}
