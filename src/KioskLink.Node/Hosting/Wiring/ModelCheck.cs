using KioskLink.Devices.Osdp;
using KioskLink.Devices.Profiles;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>Whether each device can do what the configuration wants of it, by its profile. Devices without a profile are taken at their word.</summary>
internal static class ModelCheck
{
    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(NodeConfig config)
    {
        foreach (var device in config.Devices)
            if (device.Model is { } model && (FindLineProblem(device, model, config) ?? FindUseProblem(device, model, config)) is { } problem)
                return $"device \"{device.Id}\" is a {model.Model}, which {problem}";
        return null;
    }

    private static string? FindLineProblem(DeviceConfig device, DeviceProfile model, NodeConfig config)
    {
        if (config.Buses.FirstOrDefault(bus => bus.Id == device.Bus) is not { } bus)
            return null;
        var secure = device.Secure == LineSecurity.Clear ? SecureMode.Clear : SecureMode.Scbk;
        var protocol = model.Protocol is { } known ? DeviceProtocols.NameOf(known) : "";
        if (bus.Protocol != protocol)
            return $"speaks {protocol}, and its bus \"{bus.Id}\" {bus.Protocol}: mend \"protocol\" of the bus, or hang the device on another.";
        if (!model.Bauds.Contains(bus.Baud))
            return $"cannot do the {bus.Baud} baud of its bus \"{bus.Id}\": set \"baud\" to one of {string.Join(", ", model.Bauds)}.";
        return model.Secure.Count > 0 && !model.Secure.Contains(secure)
            ? $"cannot do \"secure\": \"{Written(secure)}\": write \"{Written(model.Secure[0])}\"."
            : null;
    }

    private static string? FindUseProblem(DeviceConfig device, DeviceProfile model, NodeConfig config)
    {
        foreach (var entrance in config.Entrances)
            if (FindLack(device, model, entrance) is { } lack)
                return $"{lack}, and entrance \"{entrance.Id}\" wants that: name another device, or mend the profile.";
        foreach (var door in config.Doors)
            if (FindLack(device, model, door) is { } lack)
                return $"{lack} on door \"{door.Id}\", or mend the profile.";
        return config.Actions.FirstOrDefault(action => action.Device == device.Id && (action.Output < 0 || action.Output >= model.Outputs)) is { } beyond
            ? $"has {model.Outputs} outputs, counted from 0, and no output {beyond.Output}: mend \"output\" of action \"{beyond.Id}\", or the profile."
            : null;
    }

    private static string? FindLack(DeviceConfig device, DeviceProfile model, EntranceConfig entrance)
    {
        if (entrance.Cards.Contains(device.Id) && !model.Reader)
            return "reads no cards";
        if (entrance.Pin == device.Id && !model.Keypad)
            return "has no keypad";
        return entrance.Display == device.Id && model.Display is null ? "has no display" : null;
    }

    private static string? FindLack(DeviceConfig device, DeviceProfile model, DoorConfig door)
    {
        var outputs = door.Outputs.Where(output => output.Device == device.Id).ToList();
        if (outputs.Find(output => output.Output < 0 || output.Output >= model.Outputs) is { } beyond)
            return $"has {model.Outputs} outputs, counted from 0, and no output {beyond.Output}: mend \"output\"";
        if (door.Inputs.FirstOrDefault(input => input.Device == device.Id && (input.Input < 0 || input.Input >= model.Inputs)) is { } missing)
            return $"has {model.Inputs} inputs, counted from 0, and no input {missing.Input}: mend \"input\"";
        if (door.Inputs.FirstOrDefault(input => input.Device == device.Id && model.SupervisedInputs.Contains(input.Input - 1)) is { } second)
            return $"has on input {second.Input} the second contact of input {second.Input - 1}: write \"input\": {second.Input - 1}";
        return !model.OutputsTimed && outputs.Exists(output => output.Pulse == PulseTimer.Board)
            ? "has no timers of its own: write \"pulse\": \"host\""
            : null;
    }

    private static string Written<T>(T value) => $"{value}".ToLowerInvariant();
}
