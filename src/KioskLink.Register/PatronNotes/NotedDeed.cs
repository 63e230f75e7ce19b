using KioskLink.Register.Store;

namespace KioskLink.Register.PatronNotes;

/// <summary>
/// Deeds that ask for a reason and leave nothing behind that could keep it: it is kept as a note about the patron, which the patron's
/// export tells and the retention of settled notes ends (R21, R25).
/// </summary>
internal static class NotedDeed
{
    /// <summary>A PIN was locked.</summary>
    public const string PinLocked = "pin-locked";

    /// <summary>A message was removed.</summary>
    public const string MessageRemoved = "message-removed";

    /// <summary>Every word, in the order of the alphabet.</summary>
    public static readonly IReadOnlyList<string> All = [MessageRemoved, PinLocked];

    /// <summary>Keeps the reason in the unit of work of the deed.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="patronId">Whose data the deed changed.</param>
    /// <param name="deed">The word for the deed.</param>
    /// <param name="reason">The reason, which was checked.</param>
    /// <param name="by">Who did it.</param>
    public static void Note(WriteScope scope, long patronId, string deed, string reason, string by) => scope.Db.Add(new PatronNoteRow
    {
        Consortium = scope.Consortium,
        PatronId = patronId,
        Body = reason.Trim(),
        CreatedAt = scope.NowMs,
        CreatedBy = by,
        SettledAt = scope.NowMs,
        SettledBy = by,
        Deed = deed,
    });
}
