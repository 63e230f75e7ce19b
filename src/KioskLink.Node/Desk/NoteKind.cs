using KioskLink.Node.Outage;

namespace KioskLink.Node.Desk;

/// <summary>One of the four deeds that staff notes by hand, each with a form and an address of its own.</summary>
public sealed class NoteKind
{
    private NoteKind(string word, ActKind act) => (Word, Act) = (word, act);

    /// <summary>All of them, the most usual first.</summary>
    public static IReadOnlyList<NoteKind> All { get; } = [new("loan", ActKind.CheckOut), new("return", ActKind.CheckIn), new("renewal", ActKind.Renew), new("hold", ActKind.Hold)];

    /// <summary>Its word in the address.</summary>
    public string Word { get; }

    /// <summary>The page with its form.</summary>
    public string Path => $"/desk/{Word}";

    /// <summary>Key of its name.</summary>
    public string Name => $"desk.kind.{Act}";

    /// <summary>Key of its button's text.</summary>
    public string Go => $"desk.go.{Act}";

    /// <summary>Whether somebody's card goes with it.</summary>
    public bool TakesCard => Act != ActKind.CheckIn;

    /// <summary>Whether a title may stand in the item's place, and a branch where it is picked up.</summary>
    public bool IsHold => Act == ActKind.Hold;

    /// <summary>The same in the book of acts.</summary>
    internal ActKind Act { get; }
}
