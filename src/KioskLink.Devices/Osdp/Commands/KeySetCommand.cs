namespace KioskLink.Devices.Osdp.Commands;

/// <summary>KEYSET: gives a device a new base key (SCBK), 18 bytes; only ever sent inside a secure channel.</summary>
internal sealed class KeySetCommand(byte[] key) : OsdpCommand(CommandId.KeySet)
{
    private const byte BaseKey = 0x01;

    public byte[] Key { get; } = key;

    public override int Write(Span<byte> data)
    {
        data[0] = BaseKey;
        data[1] = SecureChannel.KeySize;
        Key.CopyTo(data[2..]);
        return 2 + SecureChannel.KeySize;
    }
}
