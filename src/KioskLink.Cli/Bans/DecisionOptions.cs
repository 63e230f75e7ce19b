using System.CommandLine;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Bans;

/// <summary>What the command line says of the decision behind a ban.</summary>
internal sealed class DecisionOptions
{
    private readonly Option<string> _by = Text("--decided-by", "Who decided.");
    private readonly Option<string> _reference = Text("--decision-ref", "Reference of the decision; a use ban needs one.");
    private readonly Option<string> _heardOn = Text("--heard-on", "Day on which the patron was heard (2026-12-24).");
    private readonly Option<string> _hearing = Text("--hearing", "What the patron said, or why there was no hearing.");

    /// <summary>Adds the options to a command.</summary>
    public void AddTo(Command command)
    {
        foreach (var option in (Option<string>[])[_by, _reference, _heardOn, _hearing])
            command.Options.Add(option);
    }

    /// <summary>Writes them into a ban.</summary>
    public void Fill(ParseResult parsed, Ban ban)
    {
        ban.DecidedBy = parsed.GetRequiredValue(_by);
        ban.DecisionRef = parsed.GetRequiredValue(_reference);
        ban.HeardOn = parsed.GetRequiredValue(_heardOn);
        ban.Hearing = parsed.GetRequiredValue(_hearing);
    }

    private static Option<string> Text(string name, string description) =>
        new(name) { Description = description, HelpName = "TEXT", DefaultValueFactory = _ => "" };
}
