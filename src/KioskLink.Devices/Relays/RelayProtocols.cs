using KioskLink.Devices.Profiles;

namespace KioskLink.Devices.Relays;

/// <summary>The protocols of relay boards.</summary>
internal static class RelayProtocols
{
    private static readonly Modbus.ModbusProtocol Modbus = new();
    private static readonly KmTronic.KmTronicProtocol KmTronic = new();
    private static readonly LcTech.LcTechProtocol LcTech = new();
    private static readonly Numato.NumatoProtocol Numato = new();
    private static readonly Devantech.DevantechProtocol Devantech = new();

    /// <summary>The protocol; null for one that is none of relay boards.</summary>
    public static IRelayProtocol? Of(DeviceProtocol protocol) => protocol switch
    {
        DeviceProtocol.ModbusRtu => Modbus,
        DeviceProtocol.KmTronic => KmTronic,
        DeviceProtocol.LcTech => LcTech,
        DeviceProtocol.Numato => Numato,
        DeviceProtocol.Devantech => Devantech,
        _ => null,
    };

    /// <summary>Whether boards have addresses and share a line.</summary>
    public static bool Addressed(DeviceProtocol protocol) => protocol == DeviceProtocol.ModbusRtu;
}
