namespace KioskLink.Devices.Osdp.Replies;

/// <summary>RSTATR: one byte per reader behind the device: 0 in order, 1 not connected, 2 tampered.</summary>
internal static class ReaderStatusReply
{
    public static ReaderState StateOf(byte state) => state switch
    {
        0 => ReaderState.InOrder,
        1 => ReaderState.NotConnected,
        // What later standards may add is no reader in order.
        _ => ReaderState.Tampered,
    };
}
