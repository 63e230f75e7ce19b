namespace KioskLink.Node.Desk;

/// <summary>What became of a note, for the page that comes next, with what is typed again where it was wrong. Nothing of a card.</summary>
/// <param name="Code">The sentence, a key of the desk's texts.</param>
/// <param name="Detail">What stands in its place: an item, or a number; empty for nothing.</param>
public sealed record NoteAnswer(string Code, string Detail)
{
    /// <summary>Whether it is noted.</summary>
    public bool IsNoted { get; init; }

    /// <summary>The last day of a loan that was noted; empty otherwise.</summary>
    public string DueOn { get; init; } = "";

    /// <summary>The field that is wrong, as the form names it; empty where none is.</summary>
    public string Wrong { get; init; } = "";

    /// <summary>The item that was typed.</summary>
    public string Item { get; init; } = "";

    /// <summary>The title that was typed.</summary>
    public string Title { get; init; } = "";

    /// <summary>The branch that was typed.</summary>
    public string Branch { get; init; } = "";

    /// <summary>The time that was typed, where it is right.</summary>
    public string HappenedAt { get; init; } = "";
}
