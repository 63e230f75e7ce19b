using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;

namespace KioskLink.Register.Camera;

/// <summary>Who may look at recordings (R69, R73).</summary>
internal sealed class CameraGrants(RegisterCore core, RecordText text)
{
    /// <summary>Gives a right.</summary>
    public async Task<GrantRow> GrantAsync(CameraGrant grant, CallerIdentity caller, CancellationToken stop)
    {
        var (camera, now) = (CameraRules.InUse(core.Profile), core.Now());
        var row = CameraRules.Grant(grant, caller, camera, [.. core.Index.Branches.Select(branch => branch.Policy.Id)], now, OpeningCalendar.DateAt(now));
        return (await core.Lane.WriteAsync(scope => Add(scope, row), stop)).Value;
    }

    /// <summary>Ends a right.</summary>
    public async Task<GrantRow> RevokeAsync(string grantId, string reason, CallerIdentity caller, CancellationToken stop)
    {
        text.Required(reason, "reason", Field.TextMax);
        return (await core.Lane.WriteAsync(scope => Revoke(scope, grantId, reason, caller.Name), stop)).Value;
    }

    /// <summary>The right under which a viewer looks at a branch's recordings, copies them and refers to them.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED: there is none, or it has ended.</exception>
    public static GrantRow Required(WriteScope scope, string viewer, string branchId) => InForce(scope, viewer, branchId) ?? throw Refused.With(
        StatusCode.PermissionDenied, "NO_VIEWING_RIGHT", "You have no viewing right in force for this branch: ask for one.");

    private static GrantRow? InForce(WriteScope scope, string viewer, string branchId) => scope.Db.Set<GrantRow>()
        .Where(row => row.Consortium == scope.Consortium && row.Viewer == viewer && row.RevokedAt == null && row.StartAt <= scope.NowMs && scope.NowMs < row.EndAt)
        .OrderByDescending(row => row.EndAt)
        .AsEnumerable()
        .FirstOrDefault(row => row.Covers(branchId));

    private static GrantRow Add(WriteScope scope, GrantRow row)
    {
        CameraPeople.RequireViewer(scope.Db, scope.Consortium, row.Viewer, row.GrantedBy);
        row.CreatedAt = scope.NowMs;
        scope.Db.Add(row);
        return row;
    }

    private static GrantRow Revoke(WriteScope scope, string grantId, string reason, string by)
    {
        var row = scope.Db.Set<GrantRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.GrantId == grantId) ?? throw Field.Missing("viewing right");
        if (row.RevokedAt is not null)
        {
            return row;
        }

        var after = row with { RevokedAt = scope.NowMs, RevokedBy = by, RevokeReason = reason };
        scope.Db.Update(after);
        return after;
    }
}
