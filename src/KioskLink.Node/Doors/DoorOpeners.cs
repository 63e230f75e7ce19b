using KioskLink.Devices.Locks;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;

namespace KioskLink.Node.Doors;

/// <summary>What pushes the leaf of one door. Nothing waits for it: a lock opens whether its opener answers or not. Thread-safe.</summary>
internal sealed class DoorOpeners(string doorId, IReadOnlyList<OutputConfig> outputs, DeviceLines lines, Action<string, string?> alarm)
{
    /// <summary>Has an opener push for a time; returns at once. It is never sent a second time.</summary>
    public void Push(int opener, TimeSpan pushFor) => _ = PushAsync(outputs[opener], pushFor);

    /// <summary>Has every opener stop; returns at once. A device that is offline has none that pushes when its next session begins.</summary>
    public void Stop()
    {
        foreach (var output in outputs)
            _ = lines.LockAsync(output.Device, output.Output);
    }

    private async Task PushAsync(OutputConfig output, TimeSpan pushFor)
    {
        var isDone = await lines.UnlockAsync(output.Device, output.Output, pushFor) == OutputResult.Acknowledged;
        alarm($"operator {doorId} opener", isDone ? null : $"Door {doorId}: its opener on output {output.Output} of device {output.Device} did not answer, so people pull the door by hand: check the device, its supply and its line. The lock opens all the same.");
    }
}
