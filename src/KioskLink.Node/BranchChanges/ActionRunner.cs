using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using KioskLink.Devices;
using KioskLink.Devices.Locks;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.BranchChanges;

/// <summary>Moves the relays and starts the commands of the actions. Thread-safe; nothing waits for it.</summary>
internal sealed class ActionRunner(IReadOnlyList<ActionConfig> actions, DeviceLines lines, Action<string, string?> alarm, TimeProvider time)
{
    /// <summary>How long a command may take; then it is killed.</summary>
    public static readonly TimeSpan CommandDeadline = TimeSpan.FromSeconds(60);

    // As good as for ever: what is set stays until another action says otherwise.
    private static readonly TimeSpan Always = TimeSpan.FromDays(3650);

    private readonly ConcurrentDictionary<(string Device, int Output), RelayState> _held = [];
    private readonly ConcurrentDictionary<string, bool> _running = [];
    private readonly Dictionary<string, ActionConfig> _actions = actions.ToDictionary(action => action.Id);

    /// <summary>Listens for devices that come back: they have lost what was set. Before the lines start only.</summary>
    public void Listen()
    {
        foreach (var device in BusPlan.Relays(actions).Select(action => action.Device!).Distinct())
            lines.Listen(device, happened =>
            {
                if (happened is DeviceOnline)
                    SetAgain(device);
            });
    }

    /// <summary>Puts outputs into the states that stand now.</summary>
    /// <param name="actionIds">The actions that stand.</param>
    public void Hold(IEnumerable<string> actionIds)
    {
        foreach (var action in actionIds.Select(id => _actions[id]))
        {
            var wanted = action.Set!.Value;
            if (_held.TryGetValue((action.Device!, action.Output), out var held) && held == wanted)
                continue;
            _held[(action.Device!, action.Output)] = wanted;
            _ = SetAsync(action);
        }
    }

    /// <summary>Does an action that is done once.</summary>
    /// <param name="actionId">The action.</param>
    /// <param name="state">What the branch is now.</param>
    public void Do(string actionId, BranchState state)
    {
        var action = _actions[actionId];
        _ = action.Command is null ? PulseAsync(action) : CommandAsync(action, state);
    }

    private void SetAgain(string device)
    {
        foreach (var ((of, output), wanted) in _held.Where(held => held.Key.Device == device))
            _ = SetAsync(actions.First(action => action.Set == wanted && action.Device == of && action.Output == output));
    }

    // A device that is away is set when it is back.
    private async Task SetAsync(ActionConfig action)
    {
        var result = action.Set == action.RestsWhen
            ? await lines.LockAsync(action.Device!, action.Output)
            : await lines.UnlockAsync(action.Device!, action.Output, Always);
        Judge(action, result is OutputResult.Acknowledged ? null : "its relay did not answer; it is set when the device is back");
    }

    private async Task PulseAsync(ActionConfig action)
    {
        var result = await lines.UnlockAsync(action.Device!, action.Output, action.Pulse!.Value);
        Judge(action, result is OutputResult.Acknowledged ? null : "its relay did not answer; it is not tried again");
    }

    // A command that still runs from the change before is not started beside itself.
    private async Task CommandAsync(ActionConfig action, BranchState state)
    {
        if (!_running.TryAdd(action.Id, true))
        {
            Judge(action, "its command still runs from the last time");
            return;
        }
        try
        {
            Judge(action, await RunAsync(action.Command!, state));
        }
        finally
        {
            _running.TryRemove(action.Id, out _);
        }
    }

    private async Task<string?> RunAsync(IReadOnlyList<string> command, BranchState state)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardInput = true };
        start.Environment["KIOSKLINK_BRANCH_STATE"] = $"{state}";
        try
        {
            using var process = Process.Start(start)!;
            process.StandardInput.Close();
            using var deadline = new CancellationTokenSource(CommandDeadline, time);
            return await EndAsync(process, deadline.Token);
        }
        catch (Win32Exception fault)
        {
            return $"its command cannot be started ({fault.Message})";
        }
    }

    private static async Task<string?> EndAsync(Process process, CancellationToken deadline)
    {
        try
        {
            await process.WaitForExitAsync(deadline);
            return process.ExitCode == 0 ? null : $"its command ended with {process.ExitCode}";
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            return $"its command took more than {CommandDeadline.TotalSeconds:0} s and was ended";
        }
    }

    private void Judge(ActionConfig action, string? problem) =>
        alarm($"action {action.Id}", problem is null ? null : $"Action {action.Id} was not done: {problem}.");
}
