using System.CommandLine;

namespace KioskLink.Cli.Nodes;

/// <summary>The option that names a node's Unix socket.</summary>
internal static class NodeSocket
{
    public static Option<string> Required() =>
        new("--node-socket") { Description = "The node's Unix socket (`listen.socket` in node.json).", HelpName = "PATH", Required = true };

    public static Option<string?> Optional() =>
        new("--node-socket") { Description = "Ask the node itself, by its Unix socket, on its own machine.", HelpName = "PATH" };
}
