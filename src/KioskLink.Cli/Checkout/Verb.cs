using KioskLink.Cli.Output;

namespace KioskLink.Cli.Checkout;

/// <summary>What the machine can be told to do.</summary>
/// <param name="Name">The word.</param>
/// <param name="Arguments">The words behind it.</param>
/// <param name="TakesPin">Whether a PIN goes with it.</param>
/// <param name="Help">What it does.</param>
internal sealed record Verb(string Name, IReadOnlyList<string> Arguments, bool TakesPin, string Help)
{
    /// <summary>The argument that is a card's number.</summary>
    public const string Card = "CARD";

    private const string Item = "ITEM";
    private const string Asked = "-";

    /// <summary>All verbs.</summary>
    public static IReadOnlyList<Verb> All { get; } =
    [
        new("login", [], false, "Connect and log in (93)."),
        new("status", [], false, "Ask what the library system can do now (99)."),
        new("patron", [Card], true, "Ask about a patron: PIN, standing, loans, holds, fees (63)."),
        new("item", [Item], false, "Ask what is known of an item (17)."),
        new("checkout", [Card, Item], true, "Lend an item (11)."),
        new("checkin", [Item], false, "Take an item back (09)."),
        new("renew", [Card, Item], true, "Renew a loan (29)."),
        new("end", [Card], false, "End a patron's session (35)."),
    ];

    /// <summary>
    /// The words that were given, the card's number asked for where it is <c>-</c>. A technician who plays a machine has cards that are
    /// nobody's, so that their numbers may stand on the command line.
    /// </summary>
    public IReadOnlyList<string> Given(IReadOnlyList<string> words, Terminal terminal) =>
        [.. words.Select((word, at) => Arguments[at] == Card && word == Asked ? terminal.ReadSecret("card number") : word)];
}
