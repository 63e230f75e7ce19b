using System.CommandLine;

namespace KioskLink.Cli.Nodes;

/// <summary>The options that name a node's Unix sockets.</summary>
internal static class NodeSocket
{
    private const string Variable = "KIOSKLINK_NODE_SOCKET";
    private const string SecondVariable = "KIOSKLINK_SECOND_SOCKET";

    /// <summary>The socket that the environment names; null for none.</summary>
    public static string? OfEnvironment => Named(Variable);

    public static Option<string> Required() => Create("--node-socket", "The node's Unix socket (`listen.socket` in node.json)", Variable);

    /// <summary>The socket of a second person.</summary>
    public static Option<string> SecondRole() => Create("--second-socket", "The Unix socket of who approves (`listen.secondRoleSocket` in node.json)", SecondVariable);

    public static Option<string?> Optional() =>
        new("--node-socket") { Description = "Ask the node itself, by its Unix socket, on its own machine.", HelpName = "PATH" };

    private static Option<string> Create(string name, string description, string variable)
    {
        var option = new Option<string>(name) { Description = $"{description}; or {variable}.", HelpName = "PATH", Required = true };
        if (Named(variable) is { } path)
            (option.Required, option.DefaultValueFactory) = (false, _ => path);
        return option;
    }

    private static string? Named(string variable) => Environment.GetEnvironmentVariable(variable) is { Length: > 0 } path ? path : null;
}
