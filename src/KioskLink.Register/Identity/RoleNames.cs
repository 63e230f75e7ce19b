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

    /// <summary>A patron with card and PIN.</summary>
    public const string Patron = "patron";

    /// <summary>Whoever is about to prove who it is.</summary>
    public const string Visitor = "visitor";

    /// <summary>A service that patrons sign in to with card and PIN.</summary>
    public const string EService = "e-service";

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
        CallerRole.Patron => Patron,
        CallerRole.EService => EService,
        _ => Visitor,
    };
}
