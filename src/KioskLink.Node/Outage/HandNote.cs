using NodaTime;

namespace KioskLink.Node.Outage;

/// <summary>What staff notes by hand: something that has happened at the branch. Its text form shows nothing of the card.</summary>
internal sealed record HandNote
{
    /// <summary>A random id: the same is noted once.</summary>
    public required string Id { get; init; }

    /// <summary>What was done.</summary>
    public required ActKind Kind { get; init; }

    /// <summary>The card's number as typed or read; empty for a return.</summary>
    public string Card { get; init; } = "";

    /// <summary>The item's barcode.</summary>
    public string Item { get; init; } = "";

    /// <summary>The title's id; may be named in place of an item for a renewal or hold.</summary>
    public string Title { get; init; } = "";

    /// <summary>The due date that was promised for a loan; null means what the branch promises.</summary>
    public LocalDate? DueOn { get; init; }

    /// <summary>Where a hold is picked up; empty means this branch.</summary>
    public string PickUpBranch { get; init; } = "";

    /// <summary>The account of the staff who notes it.</summary>
    public required string NotedBy { get; init; }

    /// <summary>When it happened; null means now.</summary>
    public Instant? HappenedAt { get; init; }

    /// <inheritdoc/>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>What became of a note.</summary>
/// <param name="Kept">What became of the act; null where the note was wrong or no branch is known.</param>
/// <param name="Wrong">The field that is wrong, as the wire names it; null where none is.</param>
/// <param name="Mend">How to mend it.</param>
internal sealed record HandNoteResult(KeepResult? Kept, string? Wrong = null, string Mend = "");
