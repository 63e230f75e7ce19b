namespace KioskLink.Register.Identity;

/// <summary>How a certificate's OU names the role of its holder.</summary>
internal static class RoleNames
{
    /// <summary>A node of a branch.</summary>
    public const string Node = "node";

    /// <summary>An administrator.</summary>
    public const string Administrator = "administrator";

    /// <summary>The register itself.</summary>
    public const string Register = "register";
}
