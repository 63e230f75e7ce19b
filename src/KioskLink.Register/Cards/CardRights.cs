using KioskLink.Register.Identity;

namespace KioskLink.Register.Cards;

/// <summary>Who may issue cards and give PINs.</summary>
internal static class CardRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("CardService/IssueCard", RoleSet.Librarians),
        new("CardService/ReportCardLost", RoleSet.Librarians),
        new("CardService/SetPin", RoleSet.Librarians),
        new("CardService/LockPin", RoleSet.Librarians),
    ];
}
