namespace KioskLink.Devices.Osdp.Commands;

/// <summary>BIOREAD: asks for a biometric template, four bytes. The template comes with BIOREADR, often only to a later poll.</summary>
internal sealed class BiometricReadCommand(byte reader, byte type, byte format, byte quality) : OsdpCommand(CommandId.BiometricRead)
{
    public override int Write(Span<byte> data)
    {
        (data[0], data[1], data[2], data[3]) = (reader, type, format, quality);
        return 4;
    }
}
