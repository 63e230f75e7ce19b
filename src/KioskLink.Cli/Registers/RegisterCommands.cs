using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;

namespace KioskLink.Cli.Registers;

/// <summary><c>register init|rotate-key</c>: the keys of a register, on its own machine.</summary>
internal static class RegisterCommands
{
    private const string DefaultConfig = "register.json";

    public static Command Create(Session session) => new("register", "The register itself, on its own machine.") { Init(session), RotateKey(session) };

    private static Command Init(Session session)
    {
        var program = Program();
        var administrator = new Option<string?>("--administrator") { Description = "User name of the person whose certificate it is to be; the user of this machine by default.", HelpName = "NAME" };
        var command = new Command("init", "Write CA and server certificates, the master key, and one person's administrator certificate for a new register; never overwrites one.") { administrator, program };
        command.SetAction(async (parsed, stop) =>
        {
            var lines = new List<string>();
            string[] named = parsed.GetValue(administrator) is { } name ? ["--administrator", name] : [];
            await RegisterProgram.Find(parsed.GetValue(program)).Run("init", Config(session, parsed), lines.Add, stop, named);
            return session.Terminal.Show(Made(lines[..^1], lines[^1]["ADMINISTRATOR ".Length..]));
        });
        return command;
    }

    private static Answer Made(List<string> files, string administrator) => new(
        new JsonObject { ["files"] = new JsonArray([.. files.Select(file => (JsonNode)file)]), ["administrator"] = administrator },
        Layout.Stack([
            .. files.Select(file => Layout.Sentence($"wrote {file}")),
            Layout.Sentence($"The certificate is {administrator}'s alone, who runs `kiosklink staff undertake` before the first look at a patron."),
        ]));

    private static Command RotateKey(Session session)
    {
        var program = Program();
        var command = new Command("rotate-key", "Give the register, which must be stopped, a new master key; when it is interrupted, run it again.") { program };
        command.SetAction(async (parsed, stop) =>
        {
            JsonNode? rotated = null;
            await session.Terminal.WithProgress("Sealing", progress => RegisterProgram.Find(parsed.GetValue(program)).Run(
                "rotate-key",
                Config(session, parsed),
                line =>
                {
                    if (line.Split(' ') is ["SEALED", var done, var all])
                        progress(Part(done, all));
                    else
                        rotated = JsonNode.Parse(line["ROTATED ".Length..]);
                },
                stop));
            return session.Terminal.Show(Rotated(rotated!));
        });
        return command;
    }

    private static double Part(string done, string all) =>
        double.Parse(done, CultureInfo.InvariantCulture) / Math.Max(1, double.Parse(all, CultureInfo.InvariantCulture));

    private static Answer Rotated(JsonNode rotated) => new(rotated, Layout.Stack(
        Layout.Sentence($"{rotated["rows"]} secrets are sealed under the new key in {rotated["masterKey"]}. Start the register again."),
        Layout.Sentence($"The key before is in {rotated["oldKey"]}. Copies of the database made before now open with it alone: move it to where they are kept, or delete it with them.")));

    private static string Config(Session session, ParseResult parsed) => session.Options.Config(parsed) ?? DefaultConfig;

    private static Option<string?> Program() => new("--register-program")
    {
        Description = "Path of the register's program, when it does not lie beside this one.",
        HelpName = "PATH",
    };
}
