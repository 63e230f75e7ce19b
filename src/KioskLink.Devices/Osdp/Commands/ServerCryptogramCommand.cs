namespace KioskLink.Devices.Osdp.Commands;

/// <summary>SCRYPT: the panel's proof that it holds the key, 16 bytes.</summary>
internal sealed class ServerCryptogramCommand(byte[] cryptogram, byte keyFlag) : OsdpCommand(CommandId.ServerCryptogram)
{
    public override (byte Type, byte Key)? HandshakeBlock => (SecurityBlock.ServerCryptogram, keyFlag);

    public override int Write(Span<byte> data)
    {
        cryptogram.CopyTo(data);
        return cryptogram.Length;
    }
}
