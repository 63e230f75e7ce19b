namespace KioskLink.Register.Retention;

/// <summary>The kinds of data for which every profile sets a period.</summary>
internal static class RetentionRules
{
    /// <summary>Patrons who have not used their cards (R56-R58).</summary>
    public const string InactivePatrons = "inactive-patrons";

    /// <summary>Whose the entries at doors were (R63).</summary>
    public const string DoorLog = "door-log";

    /// <summary>The audit of who read or wrote what.</summary>
    public const string AccessLog = "access-log";

    /// <summary>References from entries to camera recordings (R61).</summary>
    public const string CameraReferences = "camera-references";

    /// <summary>Copies of recordings that are destroyed (R62).</summary>
    public const string CameraCopies = "camera-copies";

    /// <summary>Viewings of recordings with their records (R71).</summary>
    public const string CameraSessions = "camera-sessions";

    /// <summary>Which patron had which item (R59).</summary>
    public const string ItemHistory = "item-history";

    /// <summary>The history of loans that a patron wants to keep (R23).</summary>
    public const string LoanHistory = "loan-history";

    /// <summary>Library-card applications (R34, R60).</summary>
    public const string Applications = "applications";

    /// <summary>Patrons whose card was never fetched (R38, R60).</summary>
    public const string PreRegistrations = "pre-registrations";

    /// <summary>Requests of data subjects that are closed.</summary>
    public const string Requests = "requests";

    /// <summary>Written files of disclosures; the disclosures stay on record (R55, R75).</summary>
    public const string DisclosureFiles = "disclosure-files";

    /// <summary>Notices to patrons that nobody fetched from the spool folder (R75).</summary>
    public const string NoticeFiles = "notice-files";

    /// <summary>Messages with patrons and notices to them (R20, R21).</summary>
    public const string Messages = "messages";

    /// <summary>Bans that are over or lifted, remarks that are settled, holds of the law that were released (R21, R28).</summary>
    public const string EndedMatters = "ended-matters";

    /// <summary>Fees, invoices and payments that are settled (R22).</summary>
    public const string SettledDebts = "settled-debts";

    /// <summary>Every rule.</summary>
    public static readonly IReadOnlyList<string> Names =
    [
        InactivePatrons, DoorLog, AccessLog, CameraReferences, CameraCopies, CameraSessions, ItemHistory, LoanHistory, Applications, PreRegistrations, Requests,
        DisclosureFiles, NoticeFiles, Messages, EndedMatters, SettledDebts,
    ];

    /// <summary>Rules whose days are exact multiples of 24 hours; the others count Helsinki dates.</summary>
    public static readonly IReadOnlyList<string> ByTheHour = [DoorLog, CameraReferences];
}
