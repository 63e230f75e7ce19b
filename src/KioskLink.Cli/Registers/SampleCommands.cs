using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;

namespace KioskLink.Cli.Registers;

/// <summary><c>sample generate</c>: artificial patrons for a register of its own, to try the product at its full size.</summary>
internal static class SampleCommands
{
    private const string DefaultConfig = "register.json";

    public static Command Create(Session session) => new("sample", "Artificial patrons, for trials; never beside real ones.") { Generate(session) };

    private static Command Generate(Session session)
    {
        var patrons = new Option<int>("--patrons") { Description = "How many patrons, each with a card and a PIN.", HelpName = "N", DefaultValueFactory = _ => 1_000 };
        var audit = new Option<int>("--audit") { Description = "How many audit rows about them.", HelpName = "N", DefaultValueFactory = _ => 0 };
        var program = new Option<string?>("--register-program") { Description = "Path of the register's program, when it does not lie beside this one.", HelpName = "PATH" };
        var command = new Command("generate", "Fill a register, which must be stopped and hold no real patrons, with artificial ones.") { patrons, audit, program };
        command.SetAction(async (parsed, stop) =>
        {
            JsonNode? sampled = null;
            await session.Terminal.WithProgress("Making samples", progress => RegisterProgram.Find(parsed.GetValue(program)).Run(
                "sample",
                session.Options.Config(parsed) ?? DefaultConfig,
                line => Take(line, progress, ref sampled),
                stop,
                "--patrons", Number(parsed.GetValue(patrons)),
                "--audit", Number(parsed.GetValue(audit))));
            return session.Terminal.Show(Made(sampled!));
        });
        return command;
    }

    private static void Take(string line, Action<double> progress, ref JsonNode? sampled)
    {
        if (line.Split(' ') is ["MADE", var done, var all])
            progress(double.Parse(done, CultureInfo.InvariantCulture) / Math.Max(1, double.Parse(all, CultureInfo.InvariantCulture)));
        else
            sampled = JsonNode.Parse(line["SAMPLED ".Length..]);
    }

    private static Answer Made(JsonNode sampled) => new(sampled, Layout.Stack(
        Layout.Sentence($"{sampled["patrons"]} patrons and {sampled["auditRows"]} audit rows are made. Start the register again."),
        Layout.Sentence($"The first card is {sampled["firstCard"]}; the PIN of every sample is {sampled["pin"]}.")));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
