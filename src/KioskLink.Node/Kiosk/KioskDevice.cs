using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Kiosk;

/// <summary>A program inside the kiosk, by its token, and what it is for (R33).</summary>
/// <param name="Id">The device.</param>
/// <param name="Role">What it is for; unspecified where the token file does not say, and then it may ask what any of them may.</param>
internal sealed record KioskDevice(string Id, DeviceRole Role)
{
    /// <summary>The roles as the token file writes them.</summary>
    public static readonly IReadOnlyDictionary<string, DeviceRole> Roles = new Dictionary<string, DeviceRole>
    {
        ["door"] = DeviceRole.Door,
        ["self-check"] = DeviceRole.SelfCheck,
        ["pc-booking"] = DeviceRole.PcBooking,
    };

    /// <summary>Whether the device is one of these, or of no declared role.</summary>
    public bool Is(params ReadOnlySpan<DeviceRole> roles) => Role == DeviceRole.Unspecified || roles.Contains(Role);
}
