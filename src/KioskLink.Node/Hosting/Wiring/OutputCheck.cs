using KioskLink.Rules.Doors;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>What a configuration must say of the outputs of doors.</summary>
internal static class OutputCheck
{
    private static readonly TimeSpan LongestDelay = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan ShortestPulse = Openers.ShortestPulse.ToTimeSpan();
    private static readonly TimeSpan LongestPulse = TimeSpan.FromSeconds(10);

    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(DoorConfig door, OutputConfig output, NodeConfig config)
    {
        var named = $"the {Noun(output)} of door \"{door.Id}\"";
        if (config.Devices.FirstOrDefault(device => device.Id == output.Device) is not { } device)
            return $"door \"{door.Id}\" has an output on device \"{output.Device}\", which is not among the \"devices\": mend one of the two.";
        if (Owners(output, config) > 1)
            return $"{named} is on output {output.Output} of device \"{device.Id}\", which a door has already: mend \"output\".";
        var problem = output.Role switch
        {
            OutputConfig.LockRole => FindLockProblem(named, output),
            OutputConfig.OpenerRole => FindOpenerProblem(named, output),
            OutputConfig.ModeRole => FindModeProblem(named, output),
            _ => $"door \"{door.Id}\" has an output with the role \"{output.Role}\", which nothing would move: write \"lock\", \"opener\" or \"mode\".",
        };
        if (problem is not null)
            return problem;
        return device.Placement == Placement.Outside && string.IsNullOrWhiteSpace(output.AcceptOutsideRelay)
            ? $"{named} hangs on device \"{device.Id}\", which is outside, where anyone can bridge its relay: move it to a device inside, or give the reason under \"acceptOutsideRelay\"."
            : null;
    }

    private static string Noun(OutputConfig output) => output.Role == OutputConfig.ModeRole ? "mode line" : output.Role;

    private static int Owners(OutputConfig output, NodeConfig config) =>
        config.Doors.SelectMany(door => door.Outputs).Count(other => (other.Device, other.Output) == (output.Device, output.Output));

    private static string? FindLockProblem(string named, OutputConfig output) => output is { Type: LockType.FailSecure, LockedWhen: RelayState.On }
        ? $"{named} is \"failSecure\" and locked while its relay is on, so that a dead board would open it: wire it to the relay's NO contact and write \"lockedWhen\": \"off\"."
        : output.MaxUnlock <= TimeSpan.Zero
        ? $"{named} has a \"maxUnlock\" of nothing: write a span such as \"30s\"."
        : FindTimerProblem(named, output, "maxUnlock", output.MaxUnlock, "is unlocked");

    private static string? FindOpenerProblem(string named, OutputConfig output)
    {
        if (output.Delay < TimeSpan.Zero || output.Delay > LongestDelay)
            return $"{named} has a \"delay\" of {output.Delay.TotalSeconds} s: write a span up to \"10s\", such as \"500ms\".";
        return output.PulseFor < ShortestPulse || output.PulseFor > LongestPulse
            ? $"{named} has a \"pulseFor\" of {output.PulseFor.TotalSeconds} s: write a span from \"100ms\" to \"10s\"."
            : FindTimerProblem(named, output, "pulseFor", output.PulseFor, "pushes");
    }

    // A line that a dead node leaves on would hold a door open, or keep a sliding one shut: there is no timer relay that a lease could renew.
    private static string? FindModeProblem(string named, OutputConfig output) =>
        output.Mode is null ? $"{named} does not say its \"mode\": write \"exitOnly\", \"off\", \"automatic\" or \"holdOpen\"."
        : output.Pulse == PulseTimer.Host ? $"{named} has \"pulse\": \"host\", and would stay as it is if the node died: hang it on a board with timers of its own."
        : output.TimerRelay is not null ? $"{named} has a \"timerRelay\", and its lease is renewed without a break: remove it."
        : null;

    private static string? FindTimerProblem(string named, OutputConfig output, string key, TimeSpan longest, string moved)
    {
        if (output.Pulse != PulseTimer.Host)
            return output.TimerRelay is null ? null : $"{named} has a \"timerRelay\" and lets the board end it: remove it, or write \"pulse\": \"host\".";
        if (output.TimerRelay is not { } cut || cut <= TimeSpan.Zero)
            return $"{named} {moved} with \"pulse\": \"host\", and would stay so if the node died meanwhile: put a timer relay in series with it and write its time, such as \"timerRelay\": \"30s\".";
        return cut < longest
            ? $"{named} {moved} for {longest.TotalSeconds} s, and its timer relay cuts that after {cut.TotalSeconds} s: set \"{key}\" to {cut.TotalSeconds}s at most, or the relay higher."
            : null;
    }
}
