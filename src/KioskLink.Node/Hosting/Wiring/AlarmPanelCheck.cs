namespace KioskLink.Node.Hosting.Wiring;

/// <summary>What a configuration must say of the burglar alarm.</summary>
internal static class AlarmPanelCheck
{
    private static readonly TimeSpan LatestArming = TimeSpan.FromHours(12);

    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(NodeConfig config)
    {
        if (config.AlarmPanel is not { } panel)
            return null;
        if (panel.Armed is null)
            return "\"alarmPanel\" has no \"armed\": name the device and input on which the panel tells that it is armed.";
        if (panel.ArmAfter < TimeSpan.Zero || panel.ArmAfter > LatestArming)
            return $"\"alarmPanel.armAfter\" is {panel.ArmAfter.TotalMinutes} minutes: write a span up to \"12h\", such as \"15m\".";
        return FindContactProblem(panel, config) ?? FindPulseProblem("arm", panel.Arm, config) ?? FindPulseProblem("disarm", panel.Disarm, config) ?? FindShared(panel);
    }

    private static string? FindContactProblem(AlarmPanelConfig panel, NodeConfig config) =>
        new[] { panel.Armed, panel.Alarm, panel.Fault }.OfType<ContactConfig>().FirstOrDefault(contact => config.Devices.All(device => device.Id != contact.Device)) is { } lost
            ? $"\"alarmPanel\" has an input on device \"{lost.Device}\", which is not among the \"devices\": mend one of the two."
            : null;

    private static string? FindPulseProblem(string key, PulsedConfig? pulsed, NodeConfig config)
    {
        if (pulsed is null)
            return null;
        if (config.Devices.FirstOrDefault(device => device.Id == pulsed.Device) is not { } device)
            return $"\"alarmPanel.{key}\" is on device \"{pulsed.Device}\", which is not among the \"devices\": mend one of the two.";
        if (device.Placement == Placement.Outside)
            return $"\"alarmPanel.{key}\" is on device \"{device.Id}\", which is outside, where anyone can bridge its relay: move it to a device inside.";
        if (pulsed.Pulse < TimeSpan.FromMilliseconds(100) || pulsed.Pulse > TimeSpan.FromSeconds(10))
            return $"\"alarmPanel.{key}\" has a \"pulse\" of {pulsed.Pulse.TotalSeconds} s: write a span from \"100ms\" to \"10s\".";
        var others = config.Doors.SelectMany(door => door.Outputs).Select(output => (output.Device, output.Output)).Concat(config.Actions.Select(action => (Device: action.Device ?? "", action.Output)));
        return others.Contains((pulsed.Device, pulsed.Output))
            ? $"\"alarmPanel.{key}\" is on output {pulsed.Output} of device \"{pulsed.Device}\", which a door or an action moves: mend \"output\"."
            : null;
    }

    private static string? FindShared(AlarmPanelConfig panel) =>
        panel is { Arm: { } arm, Disarm: { } disarm } && (arm.Device, arm.Output) == (disarm.Device, disarm.Output)
            ? "\"alarmPanel\" arms and disarms by the same output: wire one for each."
            : null;
}
