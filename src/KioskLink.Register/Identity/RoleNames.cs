namespace KioskLink.Register.Identity;

/// <summary>How certificates (in their OU), accounts and the audit log name roles.</summary>
internal static class RoleNames
{
    /// <summary>A node of a branch.</summary>
    public const string Node = "node";

    /// <summary>An administrator.</summary>
    public const string Administrator = "administrator";

    /// <summary>The register itself.</summary>
    public const string Register = "register";

    /// <summary>The name of a role.</summary>
    public static string Of(CallerRole role) => role switch
    {
        CallerRole.Node => Node,
        CallerRole.Administrator => Administrator,
        CallerRole.Librarian => "librarian",
        CallerRole.DataProtectionOfficer => "data-protection-officer",
        CallerRole.CameraViewer => "camera-viewer",
        CallerRole.Technician => "technician",
        CallerRole.Robot => "robot",
        CallerRole.Patron => "patron",
        _ => "visitor",
    };
}
