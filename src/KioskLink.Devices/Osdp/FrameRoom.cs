namespace KioskLink.Devices.Osdp;

/// <summary>How much data a frame of a size carries.</summary>
internal static class FrameRoom
{
    /// <summary>Every device takes frames of so many bytes (SIA OSDP 2.2).</summary>
    public const int SmallestFrame = 128;

    /// <summary>Bytes of data of a command in a frame: secured ones are padded to whole blocks and carry a MAC.</summary>
    public static int Of(int frameSize, bool secured)
    {
        var clear = frameSize - FrameLayout.HeaderSize - 1 - FrameLayout.CrcSize;
        var sealedRoom = clear - SecurityBlock.Size - FrameLayout.MacSize;
        return secured ? sealedRoom / SecureChannel.CryptogramSize * SecureChannel.CryptogramSize - 1 : clear;
    }
}
