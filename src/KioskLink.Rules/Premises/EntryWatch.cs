using System.Collections.Immutable;
using NodaTime;

namespace KioskLink.Rules.Premises;

/// <summary>Tells who of those whom a door let in went through it: with a contact, whoever had a grant when it was opened. Immutable.</summary>
/// <param name="HasContact">Whether a contact tells of the door; without one a grant counts as a passage.</param>
public sealed record EntryWatch(bool HasContact)
{
    /// <summary>The most grants that wait for the door to be opened; the oldest of more is dropped.</summary>
    public const int MostWaiting = 16;

    private ImmutableList<(string Who, Instant Until)> Waiting { get; init; } = [];

    private bool IsOpen { get; init; }

    /// <summary>The door was unlocked for somebody.</summary>
    /// <param name="who">What the card is called here.</param>
    /// <param name="until">Until when it is unlocked.</param>
    /// <returns>The next state, and who has gone in.</returns>
    public (EntryWatch Next, IReadOnlyList<string> Entered) Granted(string who, Instant until)
    {
        if (!HasContact || IsOpen)
        {
            return (this, [who]);
        }

        var waiting = Waiting.Count < MostWaiting ? Waiting : Waiting.RemoveAt(0);
        return (this with { Waiting = waiting.Add((who, until)) }, []);
    }

    /// <summary>The door was opened.</summary>
    public (EntryWatch Next, IReadOnlyList<string> Entered) Opened(Instant now) =>
        (this with { IsOpen = true, Waiting = [] }, [.. Waiting.Where(grant => now <= grant.Until).Select(grant => grant.Who)]);

    /// <summary>The contact tells nothing any more: whoever has a grant counts as gone in.</summary>
    public (EntryWatch Next, IReadOnlyList<string> Entered) Lost(Instant now)
    {
        var (next, entered) = Opened(now);
        return (next with { HasContact = false, IsOpen = false }, entered);
    }

    /// <summary>The contact tells again.</summary>
    public EntryWatch Found() => this with { HasContact = true };

    /// <summary>The door was closed.</summary>
    public EntryWatch Closed() => this with { IsOpen = false };
}
