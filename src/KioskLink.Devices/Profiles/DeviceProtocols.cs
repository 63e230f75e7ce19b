namespace KioskLink.Devices.Profiles;

/// <summary>How the protocols are named in node.json and in profiles.</summary>
public static class DeviceProtocols
{
    private static readonly Dictionary<DeviceProtocol, string> Names = new()
    {
        [DeviceProtocol.Osdp] = "osdp",
        [DeviceProtocol.Scanner] = "scanner",
        [DeviceProtocol.UidAscii] = "uid-ascii",
        [DeviceProtocol.Wiegand] = "wiegand",
        [DeviceProtocol.Twn4] = "twn4",
        [DeviceProtocol.ModbusRtu] = "modbus-rtu",
        [DeviceProtocol.KmTronic] = "kmtronic",
        [DeviceProtocol.LcTech] = "lctech",
        [DeviceProtocol.Numato] = "numato",
        [DeviceProtocol.Devantech] = "devantech",
    };

    /// <summary>Every name, in the order of a sentence.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Names.Values];

    /// <summary>The name of a protocol.</summary>
    public static string NameOf(DeviceProtocol protocol) => Names[protocol];

    /// <summary>The protocol of a name; null for none.</summary>
    public static DeviceProtocol? Find(string name)
    {
        foreach (var (protocol, known) in Names)
            if (known == name)
                return protocol;
        return null;
    }

    /// <summary>Whether its devices are relay boards and nothing else.</summary>
    public static bool IsRelays(DeviceProtocol protocol) => Relays.RelayProtocols.Of(protocol) is not null;
}
