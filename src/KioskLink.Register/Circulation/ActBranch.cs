using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Circulation;

/// <summary>The branch of an act: a node's certificate names it, staff may name one.</summary>
internal static class ActBranch
{
    /// <summary>The branch; empty where staff names none.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED for another branch than the node's own, INVALID_ARGUMENT for one that is not there.</exception>
    public static string Of(RegisterCore core, CallerIdentity caller, string asked)
    {
        if (caller.BranchId is not { } own)
        {
            return asked.Length == 0 || core.Index.Branch(asked) is not null ? asked : throw Field.Wrong("branch_id", "names no branch: give one that was applied");
        }

        return asked.Length == 0 || asked == own
            ? own
            : throw Refused.With(StatusCode.PermissionDenied, "FOREIGN_BRANCH", "A node may act for its own branch only.");
    }
}
