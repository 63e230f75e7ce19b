using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Osdp.Commands;

/// <summary>BUZ: sounds a reader's buzzer, five bytes.</summary>
internal sealed class BuzzerCommand(BeepPattern beep) : OsdpCommand(CommandId.Buzzer)
{
    private const byte DefaultTone = 2;

    public override int Write(Span<byte> data)
    {
        data[0] = beep.Reader;
        data[1] = DefaultTone;
        data[2] = (byte)Tenths.Of(beep.OnTime, byte.MaxValue);
        data[3] = (byte)Tenths.Of(beep.OffTime, byte.MaxValue);
        // A count of 0 would sound for ever.
        data[4] = Math.Max(beep.Count, (byte)1);
        return 5;
    }
}
