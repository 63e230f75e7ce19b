namespace KioskLink.Node.Diagnostics.Doctor;

/// <summary>What the contact of a door has told so far.</summary>
/// <param name="IsOpen">It says open now.</param>
/// <param name="Since">When it last changed.</param>
/// <param name="BriefClosings">How often it said closed for a moment between two times of open.</param>
/// <param name="LongestClosed">The longest it has said closed.</param>
internal sealed record ContactRecord(bool IsOpen, TimeSpan Since, int BriefClosings, TimeSpan LongestClosed)
{
    /// <summary>A person goes through a door in less.</summary>
    public static readonly TimeSpan Brief = TimeSpan.FromSeconds(20);

    /// <summary>So many people have gone through a door that seems to stand open and to close for a moment at each.</summary>
    public const int Enough = 3;

    /// <summary>It is closed when it should be open and the other way round, as far as can be told from here.</summary>
    public bool LooksInverted => IsOpen && BriefClosings >= Enough && LongestClosed <= Brief;

    /// <summary>The record after a change.</summary>
    public static ContactRecord After(ContactRecord? before, bool isOpen, TimeSpan now)
    {
        if (before is null)
            return new ContactRecord(isOpen, now, 0, TimeSpan.Zero);
        if (before.IsOpen == isOpen)
            return before;
        if (!isOpen)
            return before with { IsOpen = false, Since = now };
        var closed = now - before.Since;
        return new ContactRecord(true, now, before.BriefClosings + (closed <= Brief ? 1 : 0), closed > before.LongestClosed ? closed : before.LongestClosed);
    }
}
