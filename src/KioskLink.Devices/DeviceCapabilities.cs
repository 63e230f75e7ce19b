namespace KioskLink.Devices;

/// <summary>What a device says it can do (PDCAP, SIA OSDP 2.2). Counts are 0 where it did not say.</summary>
public sealed record DeviceCapabilities
{
    /// <summary>Contact inputs.</summary>
    public int Inputs { get; init; }

    /// <summary>Outputs.</summary>
    public int Outputs { get; init; }

    /// <summary>The outputs run the timer of an unlock themselves (function 2, level 3 or 4).</summary>
    public bool OutputsTimed { get; init; }

    /// <summary>It tells cards (function 3).</summary>
    public bool Cards { get; init; }

    /// <summary>Lights per reader.</summary>
    public int Leds { get; init; }

    /// <summary>The level of the lights: 1 on/off, 2 timed, 3 two colours, 4 three colours.</summary>
    public int LedColours { get; init; }

    /// <summary>It has a buzzer.</summary>
    public bool Buzzer { get; init; }

    /// <summary>Text displays.</summary>
    public int Displays { get; init; }

    /// <summary>It checks frames by CRC.</summary>
    public bool Crc { get; init; }

    /// <summary>It can do a secure channel with AES-128.</summary>
    public bool SecureChannel { get; init; }

    /// <summary>It still holds the install key.</summary>
    public bool HoldsDefaultKey { get; init; }

    /// <summary>The largest frame it takes, in bytes; 0 when not said (then 128).</summary>
    public int ReceiveSize { get; init; }

    /// <summary>Card readers behind this address.</summary>
    public int Readers { get; init; }

    /// <summary>People present cards or press keys at it, or it does not say enough to tell: only a device that has inputs or outputs and nothing for people has none.</summary>
    public bool Presents => Cards || Readers > 0 || Leds > 0 || Buzzer || Displays > 0 || (Inputs == 0 && Outputs == 0);

    /// <summary>1 for IEC 60839-11-5, 2 for SIA OSDP 2.2.</summary>
    public int OsdpVersion { get; init; }
}

/// <summary>Who made a device (PDID).</summary>
/// <param name="Vendor">The maker's IEEE identifier, 24 bits.</param>
/// <param name="Model">The maker's model number.</param>
/// <param name="Version">The maker's model version.</param>
/// <param name="Serial">The serial number.</param>
/// <param name="Firmware">The firmware's version.</param>
public sealed record DeviceIdentity(int Vendor = 0, byte Model = 0, byte Version = 0, uint Serial = 0, Version? Firmware = null);

/// <summary>Who made a device, in its maker's words (extended PDID, OSDP 2.2.2). Null where it did not say.</summary>
public sealed record DeviceDetails
{
    /// <summary>The maker.</summary>
    public string? Manufacturer { get; init; }

    /// <summary>The product.</summary>
    public string? Product { get; init; }

    /// <summary>The serial number.</summary>
    public string? Serial { get; init; }

    /// <summary>The versions of its programs, one for each processor.</summary>
    public IReadOnlyList<string> Firmware { get; init; } = [];

    /// <summary>The hardware.</summary>
    public string? Hardware { get; init; }

    /// <summary>Where more is to be found.</summary>
    public string? Address { get; init; }

    /// <summary>The name of its configuration.</summary>
    public string? Configuration { get; init; }
}
