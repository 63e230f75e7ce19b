namespace KioskLink.Register.Identity;

/// <summary>What a caller may be: certificates name nodes and administrators, sessions name staff and robots (DESIGN 6, R40).</summary>
internal enum CallerRole
{
    /// <summary>A node of one branch.</summary>
    Node,

    /// <summary>An administrator: a person with this role, by session or by a certificate of the own.</summary>
    Administrator,

    /// <summary>A librarian: patrons, cards, bans, permissions, hours.</summary>
    Librarian,

    /// <summary>A data-protection officer: the audit log, retention, the rights of data subjects.</summary>
    DataProtectionOfficer,

    /// <summary>A person who may view recordings and keeps the camera register.</summary>
    CameraViewer,

    /// <summary>A technician: nodes, doors, branches.</summary>
    Technician,

    /// <summary>The software robot that handles applications (R36).</summary>
    Robot,

    /// <summary>A patron with card and PIN, for the patron's own view; no certificate and no session.</summary>
    Patron,

    /// <summary>Whoever is about to prove who it is: a node with a token, a person who signs in.</summary>
    Visitor,

    /// <summary>A service that patrons sign in to with card and PIN (R31): it checks these and nothing else.</summary>
    EService,
}
