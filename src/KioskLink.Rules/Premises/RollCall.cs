using System.Collections.Immutable;
using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>
/// The roll-call when staff has gone: whoever stays shows a card to a reader inside within a while. Immutable.
/// </summary>
/// <param name="Until">When it ends.</param>
public sealed record RollCall(Instant Until)
{
    private ImmutableHashSet<string> Seen { get; init; } = [];

    /// <summary>How many have shown their card.</summary>
    public int People => Seen.Count;

    /// <summary>Somebody was accepted at a reader inside.</summary>
    /// <param name="who">What the card is called here.</param>
    public RollCall CheckIn(string who) => this with { Seen = Seen.Add(who) };

    /// <summary>How many of those inside have not shown their card.</summary>
    /// <param name="inside">How many are counted inside.</param>
    public int Missing(int inside) => Math.Max(0, inside - People);
}
