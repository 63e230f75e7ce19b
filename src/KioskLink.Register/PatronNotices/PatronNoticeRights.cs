using KioskLink.Register.Identity;

namespace KioskLink.Register.PatronNotices;

/// <summary>Who may write to patrons.</summary>
internal static class PatronNoticeRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("PatronNoticeService/RenderPatronNotice", RoleSet.Librarians, CallPurpose.LoanControl),
        new("PatronNoticeService/SendPatronNotice", RoleSet.Librarians, CallPurpose.LoanControl),
        new("PatronNoticeService/ListPatronNotices", RoleSet.Librarians, CallPurpose.LoanControl),
    ];
}
