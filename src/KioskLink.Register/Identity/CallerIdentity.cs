namespace KioskLink.Register.Identity;

/// <summary>Who calls, taken from the verified certificate or session and never from the request.</summary>
/// <param name="Role">The role in which the call is made: of several, the one that may make it.</param>
/// <param name="Consortium">The consortium.</param>
/// <param name="Name">The node's id, or the user name of a person or robot.</param>
/// <param name="BranchId">The node's branch; null for everybody else.</param>
internal sealed record CallerIdentity(CallerRole Role, string Consortium, string Name, string? BranchId)
{
    /// <summary>The node's id; null for everybody else.</summary>
    public string? NodeId => Role == CallerRole.Node ? Name : null;
}
