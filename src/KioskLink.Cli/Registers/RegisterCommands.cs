using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;

namespace KioskLink.Cli.Registers;

/// <summary><c>register init</c>: the keys and certificates of a new register.</summary>
internal static class RegisterCommands
{
    private const string DefaultConfig = "register.json";

    public static Command Create(Session session) => new("register", "The register itself.") { Init(session) };

    private static Command Init(Session session)
    {
        var program = new Option<string?>("--register-program")
        {
            Description = "Path of the register's program, when it does not lie beside this one.",
            HelpName = "PATH",
        };
        var command = new Command("init", "Write CA, server and administrator certificates and the master key of a new register; never overwrites one.") { program };
        command.SetAction(async (parsed, stop) =>
        {
            var config = session.Options.Config(parsed) ?? DefaultConfig;
            var files = await RegisterProgram.Find(parsed.GetValue(program)).Init(config, stop);
            return session.Terminal.Show(new Answer(
                new JsonObject { ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]) },
                Layout.Stack(files.Select(file => Layout.Sentence($"wrote {file}")))));
        });
        return command;
    }
}
