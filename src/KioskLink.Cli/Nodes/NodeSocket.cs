using System.CommandLine;

namespace KioskLink.Cli.Nodes;

/// <summary>The option that names a node's Unix socket.</summary>
internal static class NodeSocket
{
    private const string Variable = "KIOSKLINK_NODE_SOCKET";

    /// <summary>The socket that the environment names; null for none.</summary>
    public static string? OfEnvironment => Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } path ? path : null;

    public static Option<string> Required()
    {
        var option = new Option<string>("--node-socket") { Description = $"The node's Unix socket (`listen.socket` in node.json); or {Variable}.", HelpName = "PATH", Required = true };
        if (OfEnvironment is { } path)
            (option.Required, option.DefaultValueFactory) = (false, _ => path);
        return option;
    }

    public static Option<string?> Optional() =>
        new("--node-socket") { Description = "Ask the node itself, by its Unix socket, on its own machine.", HelpName = "PATH" };
}
