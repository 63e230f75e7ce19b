using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

namespace KioskLink.Register.Branches;

/// <summary>Writes branches; a branch as it stands already is not written again. Thread-safe.</summary>
internal sealed class BranchWriter(RegisterCore core)
{
    /// <summary>Stores a branch whole, as a person applied it.</summary>
    /// <returns>The version in which it is in force, and whether anything changed.</returns>
    /// <exception cref="RpcException">FAILED_PRECONDITION where its nodes keep their keys too weakly for its replica scope.</exception>
    public Task<(long Version, bool Changed)> ApplyAsync(Branch branch, CancellationToken cancel) => PutAsync(
        branch,
        scope =>
        {
            RequireSafeKeys(scope, branch);
            Put(scope, branch);
        },
        cancel);

    /// <summary>Stores a branch of which only the hours differ.</summary>
    /// <returns>The version in which it is in force, and whether anything changed.</returns>
    public Task<(long Version, bool Changed)> PutAsync(Branch branch, CancellationToken cancel) => PutAsync(branch, scope => Put(scope, branch), cancel);

    private async Task<(long Version, bool Changed)> PutAsync(Branch branch, Action<WriteScope> put, CancellationToken cancel)
    {
        if (core.Index.Branch(branch.Id) is { } known && known.Applied.Equals(branch))
        {
            return (known.Version, false);
        }

        var written = await core.Lane.WriteAsync(put, cancel).ConfigureAwait(false);
        return (written.Version, true);
    }

    // All cards of a consortium in the hands of whoever steals one disk is more than a branch may decide (DESIGN 6).
    private void RequireSafeKeys(WriteScope scope, Branch branch)
    {
        if (BranchRules.Fill(branch, core.Profile).Branch.ReplicaScope != ReplicaScope.Consortium)
        {
            return;
        }

        var weak = scope.Db.Set<NodeRow>()
            .Where(node => node.Consortium == scope.Consortium && node.BranchId == branch.Id
                && node.RevokedAt == null && node.Custody == (int)KeyCustody.Disk)
            .Select(node => node.NodeId)
            .ToList();
        if (weak.Count > 0)
        {
            throw Refused.With(
                StatusCode.FailedPrecondition, "CUSTODY_TOO_WEAK",
                $"`branch.replica_scope` is consortium, but these nodes of the branch keep their key on disk: {string.Join(", ", weak)}; enrol them with keyCustody tpm or register first, or choose another scope.");
        }
    }

    private static void Put(WriteScope scope, Branch branch)
    {
        var row = new BranchRow
        {
            Consortium = scope.Consortium,
            BranchId = branch.Id,
            Branch = JsonFormatter.Default.Format(branch),
            UpdatedAt = scope.NowMs,
        };
        var exists = scope.Db.Set<BranchRow>().Any(known => known.Consortium == scope.Consortium && known.BranchId == branch.Id);
        scope.Db.Entry(row).State = exists ? EntityState.Modified : EntityState.Added;
        scope.Touch(EntityId.Branch(branch.Id), priority: true);
    }
}
