using KioskLink.Register.Identity;

namespace KioskLink.Register.Nodes;

/// <summary>What nodes may call, and who may enrol and revoke them.</summary>
internal static class NodeRights
{
    /// <summary>The rows of the table.</summary>
    public static IReadOnlyList<CallRule> Rules { get; } =
    [
        new("NodeService/CreateEnrollment", RoleSet.Technicians, CallPurpose.None),
        new("NodeService/EnrollNode", RoleSet.Visitors, CallPurpose.None),
        new("NodeService/RenewCertificate", RoleSet.Nodes, CallPurpose.None, AuditKind.None),
        new("NodeService/SyncEntitlements", RoleSet.Nodes, CallPurpose.SelfService, AuditKind.None),
        new("NodeService/PublishEvents", RoleSet.Nodes, CallPurpose.SelfService, AuditKind.None),
        new("NodeService/ReceiveCommands", RoleSet.Nodes, CallPurpose.None, AuditKind.None),
        new("NodeService/ReportStatus", RoleSet.Nodes, CallPurpose.None, AuditKind.None),
        new("NodeService/ListNodes", RoleSet.Technicians | RoleSet.Librarians, CallPurpose.None, AuditKind.None),
        new("NodeService/DiagnoseNode", RoleSet.Technicians, CallPurpose.None),
        new("NodeService/WorkOnDevice", RoleSet.Technicians, CallPurpose.None),
        new("NodeService/RevokeNode", RoleSet.Technicians, CallPurpose.None),
    ];
}
