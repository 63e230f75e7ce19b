using KioskLink.Devices.Serial;
using KioskLink.Node.Buses;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Panel;

namespace KioskLink.Node.Hosting;

/// <summary>What a configuration must say of buses, devices, entrances and doors.</summary>
internal static class WiringCheck
{
    private const int AddressMax = 126;

    /// <summary>The first problem; null when there is none.</summary>
    public static string? FindProblem(NodeConfig config) =>
        FindTwice("buses", config.Buses.Select(bus => bus.Id))
        ?? FindTwice("devices", config.Devices.Select(device => device.Id))
        ?? FindTwice("entrances", config.Entrances.Select(entrance => entrance.Id))
        ?? FindTwice("doors", config.Doors.Select(door => door.Id))
        ?? config.Buses.Select(FindProblem).FirstOrDefault(problem => problem is not null)
        ?? config.Devices.Select(device => FindProblem(device, config)).FirstOrDefault(problem => problem is not null)
        ?? config.Entrances.Select(entrance => FindProblem(entrance, config)).FirstOrDefault(problem => problem is not null)
        ?? config.Doors.Select(door => FindProblem(door, config)).FirstOrDefault(problem => problem is not null)
        ?? FindTwice("actions", config.Actions.Select(action => action.Id))
        ?? PassageCheck.FindProblem(config)
        ?? ActionCheck.FindProblem(config)
        ?? AlarmPanelCheck.FindProblem(config)
        ?? AlarmOutputCheck.FindProblem(config)
        ?? ModelCheck.FindProblem(config);

    private static string? FindTwice(string key, IEnumerable<string> ids)
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var id in ids)
        {
            if (string.IsNullOrWhiteSpace(id))
                return $"an entry of \"{key}\" has no \"id\": give it one.";
            if (!seen.Add(id))
                return $"\"{key}\" names the id \"{id}\" twice: give each its own.";
        }
        return null;
    }

    private static string? FindProblem(BusConfig bus)
    {
        if (string.IsNullOrWhiteSpace(bus.Path))
            return $"bus \"{bus.Id}\" has no \"path\": name its serial port, such as /dev/serial/by-id/….";
        if (SerialLinks.ProblemOf(bus.Path) is { } address)
            return $"bus \"{bus.Id}\": {address}";
        if (bus.Rs485 is null)
            return null;
        if (TcpAddress.Is(bus.Path))
            return $"bus \"{bus.Id}\" is a port of a serial server, which turns its RS-485 pair by itself: remove \"rs485\".";
        if (bus.Protocol is not ("osdp" or "modbus-rtu"))
            return $"bus \"{bus.Id}\" is a {bus.Protocol} line and no RS-485 pair: remove \"rs485\".";
        return BusPlan.Direction(bus.Rs485).Problem is { } problem ? $"bus \"{bus.Id}\": {problem}: mend \"rs485\"." : null;
    }

    private static string? FindProblem(DeviceConfig device, NodeConfig config)
    {
        if (config.Buses.FirstOrDefault(bus => bus.Id == device.Bus) is not { } bus)
            return $"device \"{device.Id}\" hangs on bus \"{device.Bus}\", which is not among the \"buses\": mend one of the two.";
        if (bus.Protocol == "osdp" && device.Address is (< 0 or > AddressMax))
            return $"device \"{device.Id}\" has the address {device.Address}: OSDP addresses go from 0 to {AddressMax}.";
        if (device.Id == PatronPanel.DeviceId)
            return $"device \"{device.Id}\" is called as the on-screen keypad of an entrance: give it another \"id\".";
        if (device.Placement == Placement.Unset)
            return $"device \"{device.Id}\" does not say its \"placement\": write \"outside\" or \"inside\".";
        if (device.Secure == LineSecurity.Install != device.InstallUntil is not null)
            return $"device \"{device.Id}\" needs both \"secure\": \"install\" and \"installUntil\", or neither: write until when it may be given its key, such as \"2026-11-26T16:00:00+02:00\".";
        return IsClearKeypadOutside(device, bus, config) && string.IsNullOrWhiteSpace(device.AcceptClearKeypad)
            ? $"device \"{device.Id}\" is a keypad outside that sends PINs in clear text: use OSDP and write \"secure\": \"scbk\", or say under \"acceptClearKeypad\" who accepts that and why."
            : null;
    }

    private static bool IsClearKeypadOutside(DeviceConfig device, BusConfig bus, NodeConfig config) =>
        // Only OSDP can protect a line; what other protocols carry is in clear whatever is written under "secure".
        device.Placement == Placement.Outside && (bus.Protocol != "osdp" || device.Secure == LineSecurity.Clear)
        && config.Entrances.Any(entrance => entrance.Pin == device.Id);

    private static string? FindProblem(EntranceConfig entrance, NodeConfig config)
    {
        if (config.Doors.All(door => door.Id != entrance.Door))
            return $"entrance \"{entrance.Id}\" leads to door \"{entrance.Door}\", which is not among the \"doors\": mend one of the two.";
        var devices = entrance.Cards.Append(entrance.Pin).Append(entrance.Display).OfType<string>();
        return devices.FirstOrDefault(id => config.Devices.All(device => device.Id != id)) is { } unknown
            ? $"entrance \"{entrance.Id}\" uses device \"{unknown}\", which is not among the \"devices\": mend one of the two."
            : null;
    }

    private static string? FindProblem(DoorConfig door, NodeConfig config) =>
        door.Outputs.Select(output => OutputCheck.FindProblem(door, output, config)).FirstOrDefault(problem => problem is not null)
        ?? door.Inputs.Where(input => config.Devices.All(device => device.Id != input.Device))
            .Select(input => $"door \"{door.Id}\" has an input on device \"{input.Device}\", which is not among the \"devices\": mend one of the two.")
            .FirstOrDefault()
        ?? door.Commissioned?.FindProblem(door.Id, door.Outputs.Any(output => output is { Role: OutputConfig.LockRole, Type: LockType.FailSafe }));
}
