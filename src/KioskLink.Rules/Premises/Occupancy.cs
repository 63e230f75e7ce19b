using System.Collections.Immutable;

namespace KioskLink.Rules.Premises;

/// <summary>
/// Who is counted inside. Where a counter watches the doorway its number holds; elsewhere everybody who came in with a card, and those of
/// before a restart, of whom only the number is known. Immutable and thread-safe.
/// </summary>
public sealed record Occupancy
{
    /// <summary>The most people who are remembered by their card; whoever comes on top of them is only counted.</summary>
    public const int MostNamed = 10_000;

    private ImmutableHashSet<string> Named { get; init; } = [];

    private int Counted { get; init; }

    private bool HasCounter { get; init; }

    /// <summary>How many are inside.</summary>
    public int People => HasCounter ? Counted : Named.Count + Counted;

    /// <summary>Nobody by name, and a number of people of whom no more is known.</summary>
    /// <param name="people">How many, 0 or more.</param>
    /// <param name="hasCounter">Whether a counter watches the doorway.</param>
    public static Occupancy Of(int people, bool hasCounter) => new() { Counted = Math.Max(0, people), HasCounter = hasCounter };

    /// <summary>Whether the holder of a card is known to be inside.</summary>
    /// <param name="who">What the card is called here; empty for nobody in particular.</param>
    public bool Holds(string who) => Named.Contains(who);

    /// <summary>Somebody came in with a card. One who was inside already is not counted twice.</summary>
    public Occupancy Enter(string who) =>
        who.Length > 0 && (Named.Count < MostNamed || Named.Contains(who)) ? this with { Named = Named.Add(who) }
        : HasCounter ? this
        : this with { Counted = Counted + 1 };

    /// <summary>Somebody showed the card on the way out.</summary>
    public Occupancy Leave(string who) =>
        Named.Contains(who) ? this with { Named = Named.Remove(who) }
        : HasCounter ? this
        : this with { Counted = Math.Max(0, Counted - 1) };

    /// <summary>The counter saw somebody pass.</summary>
    /// <param name="inwards">Whether it was inwards.</param>
    public Occupancy Pass(bool inwards) => HasCounter ? this with { Counted = Math.Max(0, Counted + (inwards ? 1 : -1)) } : this;

    /// <summary>The doors are free from now on, or nobody is there any more: nobody's card counts as inside.</summary>
    /// <param name="keepsCount">Whether the counter's number stays.</param>
    public Occupancy Forget(bool keepsCount) => this with { Named = [], Counted = keepsCount && HasCounter ? Counted : 0 };
}
