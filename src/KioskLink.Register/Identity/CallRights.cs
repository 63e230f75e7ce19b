using System.Collections.Frozen;
using KioskLink.Register.Access;
using KioskLink.Register.Alarms;
using KioskLink.Register.Applications;
using KioskLink.Register.Audit;
using KioskLink.Register.Bans;
using KioskLink.Register.Branches;
using KioskLink.Register.Camera;
using KioskLink.Register.Cards;
using KioskLink.Register.Consents;
using KioskLink.Register.Disclosures;
using KioskLink.Register.Jobs;
using KioskLink.Register.Loans;
using KioskLink.Register.Nodes;
using KioskLink.Register.Notices;
using KioskLink.Register.Outages;
using KioskLink.Register.OwnData;
using KioskLink.Register.PatronNotes;
using KioskLink.Register.PatronNotices;
using KioskLink.Register.Patrons;
using KioskLink.Register.Permissions;
using KioskLink.Register.Retention;
using KioskLink.Register.Rights;
using KioskLink.Register.Staff;

namespace KioskLink.Register.Identity;

/// <summary>
/// The table of rights (R40): every call with those who may make it. Each room has its own part; a call without a row is
/// refused to everybody.
/// </summary>
internal static class CallRights
{
    /// <summary>The call that takes an expired certificate too.</summary>
    public const string Renewal = "/kiosklink.register.v1.NodeService/RenewCertificate";

    private static readonly FrozenDictionary<string, CallRule> ByMethod = new[]
    {
        AccessRights.Rules,
        AlarmRights.Rules,
        ApplicationRights.Rules,
        AuditRights.Rules,
        BanRights.Rules,
        BranchRights.Rules,
        CameraRights.Rules,
        CardRights.Rules,
        ConsentRights.Rules,
        DataSubjectRights.Rules,
        JobRights.Rules,
        LoanRights.Rules,
        DisclosureRights.Rules,
        NodeRights.Rules,
        NoticeRights.Rules,
        OutageRights.Rules,
        OwnDataRights.Rules,
        PatronNoteRights.Rules,
        PatronNoticeRights.Rules,
        PatronRights.Rules,
        PermissionRights.Rules,
        RetentionRights.Rules,
        ServerRights.Rules,
        StaffRights.Rules,
    }.SelectMany(rules => rules).ToFrozenDictionary(rule => rule.Method);

    /// <summary>Every row.</summary>
    public static IReadOnlyList<CallRule> All => ByMethod.Values;

    /// <summary>The row of a call, by its path; null when it has none.</summary>
    public static CallRule? Of(string method) => ByMethod.GetValueOrDefault(method);

    /// <summary>Whether a role may make a call: by default nobody may.</summary>
    public static bool MayCall(CallerRole role, CallRule? rule) => rule is not null && rule.Roles.Has(role);
}
