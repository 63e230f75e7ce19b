using KioskLink.Devices.Readers.Lines;

namespace KioskLink.Devices.Profiles;

/// <summary>The protocols whose devices speak first, a line a reading.</summary>
public static class LineProtocols
{
    private static readonly Dictionary<DeviceProtocol, LineForm[]> Forms = new()
    {
        [DeviceProtocol.Scanner] = [LineForm.Text],
        [DeviceProtocol.UidAscii] = [LineForm.Hex, LineForm.Rdm6300, LineForm.Twn3Bits, LineForm.Twn3IndiTag],
        [DeviceProtocol.Wiegand] = [LineForm.FacilityHex, LineForm.Decimal10],
    };

    /// <summary>The forms of a protocol's readings, the usual one first; empty for a protocol that has no lines.</summary>
    public static IReadOnlyList<LineForm> FormsOf(DeviceProtocol protocol) => Forms.GetValueOrDefault(protocol, []);

    /// <summary>Whether its devices send lines and nothing else.</summary>
    public static bool IsLines(DeviceProtocol protocol) => Forms.ContainsKey(protocol);

    /// <summary>The settings of a device: what its profile says, and what is usual for its protocol.</summary>
    public static LineSettings SettingsOf(DeviceProtocol protocol, DeviceProfile? profile)
    {
        var settings = profile?.Line ?? new LineSettings();
        return settings with { Form = settings.Form ?? FormsOf(protocol)[0] };
    }
}
