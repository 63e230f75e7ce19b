using System.Collections.Frozen;

namespace KioskLink.Register.Identity;

/// <summary>Which calls a role may make: administrators all, nodes those listed.</summary>
internal static class CallRights
{
    /// <summary>The call that takes a token instead of a certificate.</summary>
    public const string Enrolment = NodeService + "EnrollNode";

    /// <summary>The call that takes an expired certificate too.</summary>
    public const string Renewal = NodeService + "RenewCertificate";

    private const string NodeService = "/kiosklink.register.v1.NodeService/";
    private const string AccessService = "/kiosklink.register.v1.AccessService/";

    private static readonly FrozenSet<string> OfNodes = new[]
    {
        Renewal,
        NodeService + "SyncEntitlements",
        NodeService + "PublishEvents",
        NodeService + "ReceiveCommands",
        NodeService + "ReportStatus",
        AccessService + "AuthorizeEntry",
        AccessService + "VerifyCredentials",
        "/kiosklink.register.v1.BranchService/GetBranch",
        "/kiosklink.register.v1.OpeningHoursService/GetOpeningHours",
        // Not Watch: a stream of a node must end when the node is revoked, and no node needs this one.
        "/grpc.health.v1.Health/Check",
    }.ToFrozenSet();

    private static readonly FrozenSet<string> OfNodesOnly = new[]
    {
        Renewal,
        NodeService + "SyncEntitlements",
        NodeService + "PublishEvents",
        NodeService + "ReceiveCommands",
        NodeService + "ReportStatus",
    }.ToFrozenSet();

    /// <summary>Whether a role may make a call.</summary>
    public static bool MayCall(CallerRole role, string method) =>
        role == CallerRole.Node ? OfNodes.Contains(method) : !OfNodesOnly.Contains(method);
}
