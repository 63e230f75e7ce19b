using KioskLink.Register.Identity;

namespace KioskLink.Register.PatronNotes;

/// <summary>Who may write messages and notes.</summary>
internal static class PatronNoteRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("PatronNoteService/AddMessage", RoleSet.Librarians),
        new("PatronNoteService/ListMessages", RoleSet.Librarians | RoleSet.DataProtection),
        new("PatronNoteService/RemoveMessage", RoleSet.Librarians),
        new("PatronNoteService/AddNote", RoleSet.Librarians),
        new("PatronNoteService/SettleNote", RoleSet.Librarians),
        new("PatronNoteService/ListNotes", RoleSet.Librarians | RoleSet.DataProtection),
    ];
}
