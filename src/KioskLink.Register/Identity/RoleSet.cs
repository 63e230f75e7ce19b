namespace KioskLink.Register.Identity;

/// <summary>Roles that may make a call, or that a person has.</summary>
/// <param name="Bits">A bit a role.</param>
internal readonly record struct RoleSet(int Bits)
{
    /// <summary>Nobody.</summary>
    public static RoleSet None => default;

    /// <summary>Nodes.</summary>
    public static readonly RoleSet Nodes = Of(CallerRole.Node);

    /// <summary>Administrators alone.</summary>
    public static readonly RoleSet Administrators = Of(CallerRole.Administrator);

    /// <summary>Librarians and administrators.</summary>
    public static readonly RoleSet Librarians = Of(CallerRole.Librarian) | Administrators;

    /// <summary>Data-protection officers and administrators.</summary>
    public static readonly RoleSet DataProtection = Of(CallerRole.DataProtectionOfficer) | Administrators;

    /// <summary>Technicians and administrators.</summary>
    public static readonly RoleSet Technicians = Of(CallerRole.Technician) | Administrators;

    /// <summary>Persons who may view recordings, and nobody else: not even administrators (R69).</summary>
    public static readonly RoleSet CameraViewers = Of(CallerRole.CameraViewer);

    /// <summary>Robots.</summary>
    public static readonly RoleSet Robots = Of(CallerRole.Robot);

    /// <summary>Services that patrons sign in to with card and PIN (R31).</summary>
    public static readonly RoleSet EServices = Of(CallerRole.EService);

    /// <summary>Whoever signs in and is no person.</summary>
    public static readonly RoleSet Machines = Robots | EServices;

    /// <summary>Patrons with card and PIN.</summary>
    public static readonly RoleSet Patrons = Of(CallerRole.Patron);

    /// <summary>Callers who are about to prove who they are.</summary>
    public static readonly RoleSet Visitors = Of(CallerRole.Visitor);

    /// <summary>Every person of the staff.</summary>
    public static readonly RoleSet Staff = Librarians | DataProtection | CameraViewers | Technicians;

    /// <summary>Roles that a person's account may have.</summary>
    public static readonly RoleSet OfPersons = Staff;

    /// <summary>The set of one role.</summary>
    public static RoleSet Of(CallerRole role) => new(1 << (int)role);

    /// <summary>Both sets.</summary>
    public static RoleSet operator |(RoleSet one, RoleSet other) => new(one.Bits | other.Bits);

    /// <summary>What both sets have.</summary>
    public static RoleSet operator &(RoleSet one, RoleSet other) => new(one.Bits & other.Bits);

    /// <summary>Whether the set has a role.</summary>
    public bool Has(CallerRole role) => (Bits & (1 << (int)role)) != 0;

    /// <summary>The set's roles, in the order of <see cref="CallerRole"/>.</summary>
    public IEnumerable<CallerRole> Roles()
    {
        var set = this;
        return Enum.GetValues<CallerRole>().Where(set.Has);
    }
}
