using KioskLink.Devices.Osdp.Commands;
using KioskLink.Devices.Profiles;

namespace KioskLink.Devices.Osdp;

/// <summary>What a device can be asked for: what its profile says, and without one what it says of itself.</summary>
internal sealed class DeviceAbilities(DeviceProfile? profile)
{
    /// <summary>What it says of itself (PDCAP).</summary>
    public DeviceCapabilities Told { get; set; } = new();

    /// <summary>Its outputs end an unlock by themselves. Both must say so: a timer that is not there leaves a lock open.</summary>
    public bool OutputsTimed => Told.OutputsTimed && profile?.OutputsTimed != false;

    /// <summary>People present cards or press keys at it, so that every poll counts.</summary>
    public bool Presents => profile is not null ? profile.Reader || profile.Keypad : Told.Presents;

    /// <summary>The largest frame it takes.</summary>
    public int FrameSize => Told.ReceiveSize == 0 ? FrameRoom.SmallestFrame : Math.Clamp(Told.ReceiveSize, FrameRoom.SmallestFrame, FrameLayout.Largest);

    public bool HasBuzzer => profile?.Buzzer ?? true;

    /// <summary>How many characters its display shows; 0 without one.</summary>
    public int TextCells => profile is not null ? profile.Display?.Cells ?? 0 : Told.Displays > 0 ? TextCommand.MostCharacters : 0;

    public bool HasLed(byte led) => profile is null || led < profile.Leds;
}
