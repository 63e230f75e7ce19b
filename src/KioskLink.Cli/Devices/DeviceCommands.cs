using System.CommandLine;

namespace KioskLink.Cli.Devices;

/// <summary><c>device list|probe|discover|test|replug|trace|replay|emulate|key|firmware</c>, for technicians at a node.</summary>
internal static class DeviceCommands
{
    public static Command Create(Session session) => new("device", "Readers, modules and boards of a node, on the node's own machine.")
    {
        ListCommand.Create(session),
        ProbeCommand.Create(session),
        DiscoverCommand.Create(session),
        TestCommand.Create(session),
        ReplugCommand.Create(session),
        TraceCommand.Create(session),
        ReplayCommand.Create(session),
        EmulateCommand.Create(session),
        KeyCommands.Create(session),
        FirmwareCommands.Create(session),
    };

    /// <summary>The argument that names a device.</summary>
    public static Argument<string> Device() => new("DEVICE") { Description = "The device's id in node.json." };
}
