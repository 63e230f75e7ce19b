namespace KioskLink.Register.Identity;

/// <summary>What a certificate allows its holder to be (DESIGN 6).</summary>
internal enum CallerRole
{
    /// <summary>A node of one branch.</summary>
    Node,

    /// <summary>An administrator, on whose behalf librarians' tools call.</summary>
    Administrator,
}

/// <summary>Who calls, taken from the verified certificate and never from the request.</summary>
/// <param name="Role">The role.</param>
/// <param name="Consortium">The consortium.</param>
/// <param name="Name">The node's id or the administrator's user name.</param>
/// <param name="BranchId">The node's branch; null for administrators.</param>
internal sealed record CallerIdentity(CallerRole Role, string Consortium, string Name, string? BranchId)
{
    /// <summary>The node's id; null for administrators.</summary>
    public string? NodeId => Role == CallerRole.Node ? Name : null;
}
