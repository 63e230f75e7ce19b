using KioskLink.Node.Buses;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>What a configuration must say of the outputs that tell of alarms.</summary>
internal static class AlarmOutputCheck
{
    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(NodeConfig config) =>
        config.AlarmOutputs.Select(output => FindProblem(output, config)).FirstOrDefault(problem => problem is not null);

    private static string? FindProblem(AlarmOutputConfig output, NodeConfig config)
    {
        var named = $"\"alarmOutputs\" names output {output.Output} of device \"{output.Device}\"";
        if (config.Devices.All(device => device.Id != output.Device))
            return $"{named}, which is not among the \"devices\": mend one of the two.";
        if (output.Output is < 0 or > byte.MaxValue)
            return $"{named}: write an output from 0.";
        if (config.Doors.FirstOrDefault(door => door.Outputs.Any(one => one.Device == output.Device && one.Output == output.Output)) is { } door)
            return $"{named}, which belongs to door \"{door.Id}\": mend \"output\"; no alarm moves a door.";
        if (BusPlan.Relays(config.Actions).FirstOrDefault(action => action.Device == output.Device && action.Output == output.Output) is { } action)
            return $"{named}, which action \"{action.Id}\" moves too: give the alarm an output of its own.";
        if (new[] { config.AlarmPanel?.Arm, config.AlarmPanel?.Disarm }.OfType<PulsedConfig>().Any(pulse => pulse.Device == output.Device && pulse.Output == output.Output))
            return $"{named}, which arms or disarms the burglar alarm: give the alarm an output of its own.";
        return config.AlarmOutputs.Count(one => one.Device == output.Device && one.Output == output.Output) > 1 ? $"{named} twice: leave one out." : null;
    }
}
