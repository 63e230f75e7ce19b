using KioskLink.Register.Identity;

namespace KioskLink.Register.Rights;

/// <summary>Who handles the rights of data subjects.</summary>
internal static class DataSubjectRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("DataSubjectService/OpenRequest", RoleSet.Librarians | RoleSet.DataProtection),
        new("DataSubjectService/ProveIdentity", RoleSet.Librarians | RoleSet.DataProtection),
        new("DataSubjectService/ExtendRequest", RoleSet.DataProtection),
        new("DataSubjectService/GetRequest", RoleSet.Librarians | RoleSet.DataProtection),
        new("DataSubjectService/ListRequests", RoleSet.Librarians | RoleSet.DataProtection),
        new("DataSubjectService/ExportSubject", RoleSet.DataProtection),
        new("DataSubjectService/RectifySubject", RoleSet.Librarians | RoleSet.DataProtection),
        new("DataSubjectService/EraseSubject", RoleSet.DataProtection),
        new("DataSubjectService/GetErasure", RoleSet.DataProtection, CallPurpose.None),
        new("DataSubjectService/RestrictSubject", RoleSet.DataProtection),
        new("DataSubjectService/RefuseRequest", RoleSet.DataProtection),
        new("DataSubjectService/GetCertificate", RoleSet.Librarians | RoleSet.DataProtection),
        new("DataSubjectService/SetLegalHold", RoleSet.DataProtection),
        new("DataSubjectService/ListErasureNotices", RoleSet.DataProtection),
        new("DataSubjectService/ConfirmErasureNotice", RoleSet.DataProtection),
    ];
}
