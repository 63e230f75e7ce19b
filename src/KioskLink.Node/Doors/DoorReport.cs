using KioskLink.Devices;
using KioskLink.Node.Clock;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Doors;

/// <summary>Doors and devices as register and technicians are told of them.</summary>
internal static class DoorReport
{
    /// <summary>The state of a door.</summary>
    public static DoorState Of(string nodeId, DoorLoop door) => new()
    {
        NodeId = nodeId,
        DoorId = door.Id,
        State = door.Phase.ToString(),
        UnlockedFor = door.UnlockedFor?.ToProto(),
    };

    /// <summary>The state of a device.</summary>
    public static Protos.Node.V1.DeviceStatus Of(string busId, Devices.Osdp.DeviceStatus device) => new()
    {
        DeviceId = device.Id,
        BusId = busId,
        Online = device.Online,
        Secure = device.Online && device.Security == SessionSecurity.OwnKey,
        Exchanges = device.Counters.Exchanges,
        Retries = device.Counters.Retries,
    };
}
