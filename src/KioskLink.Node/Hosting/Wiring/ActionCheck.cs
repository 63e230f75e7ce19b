using KioskLink.Node.Buses;
using KioskLink.Rules.Premises;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>What a configuration must say of the actions at changes of the branch's state.</summary>
internal static class ActionCheck
{
    private static readonly TimeSpan ShortestPulse = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan LongestPulse = TimeSpan.FromMinutes(10);

    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(NodeConfig config) =>
        config.Actions.Select(action => FindProblem(action) ?? FindOutputProblem(action, config)).FirstOrDefault(problem => problem is not null)
        ?? FindRestProblem(config);

    private static string? FindProblem(ActionConfig action)
    {
        var named = $"action \"{action.Id}\"";
        if (action.To is null)
            return $"{named} does not say \"to\": write \"staffed\", \"selfService\", \"closed\" or \"suspended\".";
        if (action.From == action.To)
            return $"{named} goes from \"{Written(action.To)}\" to the same: mend \"from\" or \"to\".";
        if (Math.Abs((long)action.Minutes) > (long)ChangePlan.LongestOffset.TotalMinutes)
            return $"{named} is {action.Minutes} minutes off its change: write {(int)ChangePlan.LongestOffset.TotalMinutes} at most, either way.";
        var does = (action.Set is null ? 0 : 1) + (action.Pulse is null ? 0 : 1) + (action.Command is null ? 0 : 1);
        if (does != 1)
            return $"{named} must do one thing: write \"set\" or \"pulse\" with \"device\" and \"output\", or \"command\".";
        if (action.Pulse is { } pulse && (pulse < ShortestPulse || pulse > LongestPulse))
            return $"{named} has a \"pulse\" of {pulse.TotalSeconds} s: write a span from \"100ms\" to \"10m\".";
        return FindCommandProblem(action);
    }

    private static string? FindCommandProblem(ActionConfig action)
    {
        if (action.Command is not { } command)
            return null;
        if (action.Device is not null)
            return $"action \"{action.Id}\" has a \"command\" and a \"device\": make two actions of it.";
        return command.Count == 0 || !Path.IsPathRooted(command[0]) || !File.Exists(command[0])
            ? $"action \"{action.Id}\" has a \"command\" that is no program here: write its whole path first, such as [\"/usr/local/bin/announce\", \"closing\"]."
            : null;
    }

    private static string? FindOutputProblem(ActionConfig action, NodeConfig config)
    {
        if (action.Command is not null)
            return null;
        if (config.Devices.All(device => device.Id != action.Device))
            return $"action \"{action.Id}\" moves device \"{action.Device}\", which is not among the \"devices\": mend one of the two.";
        return config.Doors.FirstOrDefault(door => door.Outputs.Any(output => output.Device == action.Device && output.Output == action.Output)) is { } door
            ? $"action \"{action.Id}\" moves output {action.Output} of device \"{action.Device}\", which belongs to door \"{door.Id}\": mend \"output\"; no action moves a door."
            : null;
    }

    private static string? FindRestProblem(NodeConfig config) =>
        BusPlan.Relays(config.Actions).GroupBy(action => (action.Device, action.Output)).FirstOrDefault(group => group.Select(action => action.RestsWhen).Distinct().Count() > 1) is { } torn
            ? $"actions move output {torn.Key.Output} of device \"{torn.Key.Device}\" and do not agree on its \"restsWhen\": write the same in each."
            : BusPlan.Relays(config.Actions).GroupBy(action => (action.Device, action.Output)).FirstOrDefault(group => group.Any(action => action.Set is null) && group.Any(action => action.Pulse is null)) is { } mixed
            ? $"actions \"set\" and \"pulse\" output {mixed.Key.Output} of device \"{mixed.Key.Device}\": use one of the two for an output."
            : null;

    private static string Written(BranchState? state) => $"{state}" is [var first, .. var rest] ? $"{char.ToLowerInvariant(first)}{rest}" : "";
}
