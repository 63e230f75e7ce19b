namespace KioskLink.Devices.Osdp;

/// <summary>Where things stand in a frame: <c>53 ADDR LEN LEN CTRL [SCB..] ID data.. [MAC 4] CRC CRC | checksum</c>, LEN counting from 53 to the last check byte.</summary>
internal static class FrameLayout
{
    public const byte Start = 0x53;
    public const byte ReplyFlag = 0x80;
    public const byte SequenceMask = 0x03, CrcFlag = 0x04, SecurityBlockFlag = 0x08;

    public const int Address = 1, Length = 2, Control = 4, HeaderSize = 5;
    public const int CrcSize = 2, MacSize = 4;

    /// <summary>Header, message id and the one-byte checksum.</summary>
    public const int Smallest = HeaderSize + 2;

    /// <summary>The largest frame OSDP 2.2 speaks of.</summary>
    public const int Largest = 1440;
}
