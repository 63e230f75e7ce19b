using KioskLink.Devices;
using KioskLink.Devices.Locks;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.Doors;

/// <summary>
/// Tells the operator of one door its mode, a line for each. As a free door is, each is set on a lease that the board ends: a node that dies holds no
/// door open, and an operator without any line is in exit only. One loop.
/// </summary>
internal sealed class ModeLines
{
    private static readonly TimeSpan LookEvery = TimeSpan.FromMilliseconds(250);

    private readonly DoorConfig _config;
    private readonly IReadOnlyList<OutputConfig> _outputs;
    private readonly DoorLoop _door;
    private readonly DeviceLines _lines;
    private readonly Func<BranchState?> _branch;
    private readonly Func<int> _people;
    private readonly Action<string, string?> _alarm;
    private readonly TimeProvider _time;
    private volatile bool _isLost;

    /// <summary>Wires the lines, and listens for devices that come back: they have lost what was set. Before the device lines start only.</summary>
    /// <param name="config">The door.</param>
    /// <param name="door">Its loop.</param>
    /// <param name="lines">The device lines.</param>
    /// <param name="branch">What the branch is; null while nobody knows.</param>
    /// <param name="people">How many are counted inside.</param>
    /// <param name="alarm">Raises an alarm: subject and sentence; null in place of the sentence clears it.</param>
    /// <param name="time">Where time comes from.</param>
    public ModeLines(DoorConfig config, DoorLoop door, DeviceLines lines, Func<BranchState?> branch, Func<int> people, Action<string, string?> alarm, TimeProvider time)
    {
        (_config, _door, _lines, _branch, _people, _alarm, _time) = (config, door, lines, branch, people, alarm, time);
        _outputs = [.. config.Outputs.Where(output => output.Role == OutputConfig.ModeRole)];
        foreach (var device in _outputs.Select(output => output.Device).Distinct())
            lines.Listen(device, happened =>
            {
                if (happened is DeviceOnline)
                    _isLost = true;
            });
    }

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(LookEvery, _time);
        var (told, since) = (OperatorMode.ExitOnly, _time.GetTimestamp());
        do
        {
            var mode = _door.ModeFor(Wanted, _people());
            if (!_isLost && mode == told && _time.GetElapsedTime(since) < DoorMachine.RenewEvery.ToTimeSpan())
                continue;
            (_isLost, told, since) = (false, mode, _time.GetTimestamp());
            await TellAsync(mode);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private OperatorMode Wanted => _branch() is { } state ? _config.Operator.For(state) : OperatorMode.ExitOnly;

    // The old line ends before the new one begins: an operator is told one mode at a time.
    private async Task TellAsync(OperatorMode mode)
    {
        var ended = await Task.WhenAll(_outputs.Where(output => output.Mode != mode).Select(output => _lines.LockAsync(output.Device, output.Output)));
        var begun = await Task.WhenAll(_outputs.Where(output => output.Mode == mode).Select(output => _lines.UnlockAsync(output.Device, output.Output, DoorMachine.FreeLease.ToTimeSpan())));
        var isDone = Array.TrueForAll([.. ended, .. begun], result => result == OutputResult.Acknowledged);
        _alarm($"operator {_config.Id} mode", isDone ? null : $"Door {_config.Id}: a mode line of its operator did not answer; without its lines the operator is in exit only: check the line's device, its supply and its cable.");
    }
}
