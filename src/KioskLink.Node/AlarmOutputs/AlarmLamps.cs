using KioskLink.Devices;
using KioskLink.Devices.Locks;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.AlarmOutputs;

/// <summary>
/// Moves the outputs that tell of critical alarms, decided by the node alone: so somebody hears of a fault while the line to the
/// register is dead. Thread-safe; nothing waits for it.
/// </summary>
internal sealed class AlarmLamps(IReadOnlyList<AlarmOutputConfig> outputs, LampWork work)
{
    /// <summary>How long after an order that no device has acknowledged it is given again, until one does or another state is wanted.</summary>
    public static readonly TimeSpan RepeatInterval = TimeSpan.FromSeconds(5);

    private readonly Lock _gate = new();
    private readonly HashSet<AlarmOutputConfig> _on = [];
    private readonly Dictionary<AlarmOutputConfig, long> _orders = [];

    /// <summary>Wires the outputs to the lines.</summary>
    public AlarmLamps(IReadOnlyList<AlarmOutputConfig> outputs, DeviceLines lines) : this(outputs, LampWork.At(lines))
    {
    }

    /// <summary>Whether an output is on. Pure.</summary>
    /// <param name="output">The output.</param>
    /// <param name="hasCritical">Whether a critical alarm stands.</param>
    /// <param name="isOnline">Whether the register hears the node.</param>
    public static bool IsOn(AlarmOutputConfig output, bool hasCritical, bool isOnline) => hasCritical && (output.When == AlarmOutputWhen.Always || !isOnline);

    /// <summary>Listens for devices that come back: they have lost what was set. Before the lines start only.</summary>
    public void Listen()
    {
        foreach (var device in outputs.Select(output => output.Device).Distinct())
            work.Listen(device, happened =>
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
                    Order(output, isOn);
            }
        }
    }

    private void SetAgain(string device)
    {
        lock (_gate)
        {
            foreach (var output in _on.Where(output => output.Device == device))
                Order(output, isOn: true);
        }
    }

    // Under the lock.
    private void Order(AlarmOutputConfig output, bool isOn)
    {
        var order = _orders.GetValueOrDefault(output) + 1;
        _orders[output] = order;
        _ = SetAsync(output, isOn, order);
    }

    private async Task SetAsync(AlarmOutputConfig output, bool isOn, long order)
    {
        while (IsLast(output, order) && await work.Set(output, isOn) != OutputResult.Acknowledged)
            await Task.Delay(RepeatInterval, work.Time, work.Stopped);
    }

    private bool IsLast(AlarmOutputConfig output, long order)
    {
        lock (_gate)
            return _orders[output] == order;
    }
}
