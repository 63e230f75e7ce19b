using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Pins;

namespace KioskLink.Cli.Access;

/// <summary>The greatest number of PIN guesses on one card in 24 h, whatever is cut off, restarted or shared.</summary>
/// <param name="Holders">Branches whose nodes hold the card's PIN proof at most.</param>
/// <param name="Guesses">Guesses that a node allows while it is cut off.</param>
internal sealed record GuessBound(int Holders, int Guesses)
{
    /// <summary>Guesses on a cut-off node unless a profile says otherwise.</summary>
    public const int OfflineGuesses = 3;

    /// <summary>Branches that hold a card's PIN proof at most, unless a profile says otherwise.</summary>
    public const int OfflineHolders = 3;

    private int Total => GuessRules.DayLimit + Holders * Guesses;

    /// <summary>What a branch's nodes allow: none where they hold no proof.</summary>
    public static int GuessesOf(BranchFacts facts) =>
        facts.Branch.OfflinePolicy == OfflinePolicy.FailClosed ? 0 : facts.OfflineGuesses;

    public Answer ToAnswer() => new(
        new JsonObject
        {
            ["online"] = GuessRules.DayLimit,
            ["offlineHolders"] = Holders,
            ["offlineGuesses"] = Guesses,
            ["bound"] = Total,
            ["hours"] = (int)GuessRules.Day.TotalHours,
        },
        Layout.Stack(
            Layout.Sentence($"At most {GuessRules.DayLimit} + {Holders} x {Guesses} = {Total} wrong PINs on one card in {GuessRules.Day.TotalHours:0} hours:"),
            Layout.Fields(
                ($"{GuessRules.DayLimit}", "counted by the register over every door, machine and line; the last one locks the card until staff gives a new PIN"),
                ($"{Holders} x {Guesses}", $"on nodes that are cut off: at most {Holders} branches hold the card's PIN proof, and each allows {Guesses}")),
            Layout.Sentence($"While no holder is cut off it is {GuessRules.DayLimit}. A guess is spent before it is checked, so a restart gives none back.")));
}
