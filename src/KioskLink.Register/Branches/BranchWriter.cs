using Google.Protobuf;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Branches;

/// <summary>Writes branches; a branch as it stands already is not written again. Thread-safe.</summary>
internal sealed class BranchWriter(RegisterCore core)
{
    /// <summary>Stores a branch whole.</summary>
    /// <returns>The version in which it is in force, and whether anything changed.</returns>
    public async Task<(long Version, bool Changed)> PutAsync(Branch branch, CancellationToken cancel)
    {
        if (core.Index.Branch(branch.Id) is { } known && known.Applied.Equals(branch))
        {
            return (known.Version, false);
        }

        var written = await core.Lane.WriteAsync(scope => Put(scope, branch), cancel).ConfigureAwait(false);
        return (written.Version, true);
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
