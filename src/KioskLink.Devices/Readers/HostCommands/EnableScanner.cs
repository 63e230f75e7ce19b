using KioskLink.Devices.Readers.Lines;

namespace KioskLink.Devices.Readers.HostCommands;

/// <summary>Lets a scanner read: <c>E</c> where it has a switch, the trigger <c>SYN T CR</c> where each reading needs one.</summary>
internal static class EnableScanner
{
    /// <summary>The bytes; empty where the scanner takes none.</summary>
    public static ReadOnlySpan<byte> Bytes(HostCommandSet commands) => commands switch
    {
        HostCommandSet.Datalogic or HostCommandSet.CipherLab => "E"u8,
        HostCommandSet.Honeywell => [0x16, 0x54, 0x0D],
        _ => [],
    };

    /// <summary>Whether it lasts for one reading or a time only, and must be given again.</summary>
    public static bool IsTrigger(HostCommandSet commands) => commands == HostCommandSet.Honeywell;
}
