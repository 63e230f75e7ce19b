using KioskLink.Register.Identity;

namespace KioskLink.Register.Notices;

/// <summary>Who may read notices: everybody, without a certificate or a sign-in, as the law has it (GDPR articles 13 and 14).</summary>
internal static class NoticeRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("PrivacyNoticeService/GetPrivacyNotice", RoleSet.Visitors, CallPurpose.None, AuditKind.None),
        new("PrivacyNoticeService/ListPrivacyNoticeVersions", RoleSet.Visitors, CallPurpose.None, AuditKind.None),
        new("PrivacyNoticeService/GetRecordOfProcessing", RoleSet.DataProtection, CallPurpose.None),
    ];
}
