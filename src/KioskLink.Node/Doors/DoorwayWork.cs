using KioskLink.Node.Deciding;
using KioskLink.Node.Journal;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;
using RecordOpen = KioskLink.Protos.Types.V1.RecordOpen;

namespace KioskLink.Node.Doors;

/// <summary>What doors and entrances need of the rest of the node. All are thread-safe.</summary>
internal sealed record DoorwayWork
{
    /// <summary>The node's time.</summary>
    public required Func<Instant> Now { get; init; }

    /// <summary>Whether that time is vouched for.</summary>
    public required Func<bool> ClockTrusted { get; init; }

    /// <summary>The branch; null until the first sync.</summary>
    public required Func<BranchPolicy?> Branch { get; init; }

    /// <summary>The branch while its hours and the clock can be relied on; null otherwise.</summary>
    public required Func<BranchPolicy?> ReliableBranch { get; init; }

    /// <summary>Whether what was read is a card of this consortium.</summary>
    public required Func<string?, bool> IsCard { get; init; }

    /// <summary>The role of a badge; null for everything else. Badges are no patrons and are held by every node.</summary>
    public required Func<string?, BadgeRole?> BadgeOf { get; init; }

    /// <summary>What a card is called here, never its number: empty while the node's keys are not known, null for what is no card.</summary>
    public required Func<string?, string?> NameOf { get; init; }

    /// <summary>A card was read that needs a PIN; returns at once.</summary>
    public required Action CardRead { get; init; }

    /// <summary>Decides and records.</summary>
    public required Func<Presentation, Task<DecisionRecord>> Decide { get; init; }

    /// <summary>Appends a record to the journal.</summary>
    public required Func<RecordOpen, Task<AppendResult>> Record { get; init; }

    /// <summary>Tells watchers that a presentation has reached a step of DESIGN 3.</summary>
    public required Action<Presentation, int, DecisionRecord?> Reached { get; init; }

    /// <summary>Raises an alarm: subject and sentence; null in place of the sentence clears it.</summary>
    public required Action<string, string?> Alarm { get; init; }
}
