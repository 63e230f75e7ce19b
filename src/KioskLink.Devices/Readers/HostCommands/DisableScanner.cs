using KioskLink.Devices.Readers.Lines;

namespace KioskLink.Devices.Readers.HostCommands;

/// <summary>Keeps a scanner from reading: <c>D</c>, or the end of the trigger <c>SYN U CR</c>.</summary>
internal static class DisableScanner
{
    /// <summary>The bytes; empty where the scanner takes none.</summary>
    public static ReadOnlySpan<byte> Bytes(HostCommandSet commands) => commands switch
    {
        HostCommandSet.Datalogic or HostCommandSet.CipherLab => "D"u8,
        HostCommandSet.Honeywell => [0x16, 0x55, 0x0D],
        _ => [],
    };
}
