namespace KioskLink.Register.Identity;

/// <summary>Who may ask whether the register lives and what it offers.</summary>
internal static class ServerRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("/grpc.health.v1.Health/Check", RoleSet.Nodes | RoleSet.Staff | RoleSet.Robots, CallPurpose.None, AuditKind.None),
        // Not for nodes: a stream of a node must end when the node is revoked, and no node needs this one.
        new("/grpc.health.v1.Health/Watch", RoleSet.Administrators, CallPurpose.None, AuditKind.None),
        new("/grpc.reflection.v1.ServerReflection/ServerReflectionInfo", RoleSet.Technicians, CallPurpose.None, AuditKind.None),
    ];
}
