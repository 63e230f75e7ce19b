using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Kiosk;

/// <summary>A program inside the kiosk, by its token, and what it is for (R33).</summary>
/// <param name="Id">The device.</param>
/// <param name="Role">What it is for; it may ask what this role may and nothing else.</param>
internal sealed record KioskDevice(string Id, DeviceRole Role)
{
    /// <summary>The roles as the token file writes them.</summary>
    public static readonly IReadOnlyDictionary<string, DeviceRole> Roles = new Dictionary<string, DeviceRole>
    {
        ["door"] = DeviceRole.Door,
        ["self-check"] = DeviceRole.SelfCheck,
        ["pc-booking"] = DeviceRole.PcBooking,
    };

    /// <summary>Whether the device is one of these.</summary>
    public bool Is(params ReadOnlySpan<DeviceRole> roles) => roles.Contains(Role);
}
