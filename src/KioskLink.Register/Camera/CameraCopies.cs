using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Camera;

/// <summary>
/// Copies of recordings: taken, delivered to the police, destroyed (R62, R68). Each step names who and when; a clock that was set back puts none
/// before the one before it. A copy is taken under a viewing right (R69); what was taken is delivered and destroyed also after it, but
/// nothing is delivered for a request that was rejected.
/// </summary>
internal sealed class CameraCopies(RegisterCore core, CameraAlarms alarms, RecordText text)
{
    /// <summary>What an alarm says about a copy that nobody destroys.</summary>
    public const string CopyOpen = "A copy of a recording is not destroyed yet; deliver it to the police and destroy it.";

    /// <summary>Notes that a copy was taken.</summary>
    public async Task<CopyRow> TakeAsync(TakeCameraCopyRequest request, CallerIdentity caller, CancellationToken stop)
    {
        CameraRules.InUse(core.Profile);
        Field.Required(request.SessionId, "session_id", Field.IdMax);
        text.Required(request.Description, "description");
        return (await core.Lane.WriteAsync(scope => Take(scope, request, caller.Name), stop)).Value;
    }

    /// <summary>Notes that a copy was delivered.</summary>
    public Task<CopyRow> DeliverAsync(DeliverCameraCopyRequest request, CallerIdentity caller, CancellationToken stop)
    {
        var recipient = CameraRules.Recipient(request.Recipient);
        var reference = text.Required(request.RecipientRef, "recipient_ref", Field.TextMax);
        return StepAsync(request.CopyId, CameraCopyState.Taken, caller, Delivered, stop);

        CopyRow Delivered(CopyRow copy, long now) => copy with
        {
            State = (int)CameraCopyState.Delivered,
            DeliveredAt = Math.Max(now, copy.TakenAt),
            DeliveredBy = caller.Name,
            Recipient = recipient,
            RecipientRef = reference,
        };
    }

    /// <summary>Notes that a copy was destroyed.</summary>
    public Task<CopyRow> DestroyAsync(DestroyCameraCopyRequest request, CallerIdentity caller, CancellationToken stop)
    {
        var method = text.Required(request.Method, "method", Field.TextMax);
        var reason = request.UndeliveredReason.Length == 0 ? "" : text.Required(request.UndeliveredReason, "undelivered_reason", Field.TextMax);
        return StepAsync(request.CopyId, null, caller, Destroyed, stop);

        CopyRow Destroyed(CopyRow copy, long now) => CameraRules.Destroyable(copy, reason) with
        {
            UndeliveredReason = reason,
            State = (int)CameraCopyState.Destroyed,
            DestroyedAt = Math.Max(now, copy.DeliveredAt ?? copy.TakenAt),
            DestroyedBy = caller.Name,
            DestroyMethod = method,
        };
    }

    private static CopyRow Take(WriteScope scope, TakeCameraCopyRequest request, string by)
    {
        var session = CameraSessions.Of(scope, request.SessionId, by);
        CameraGrants.Required(scope, by, session.BranchId);
        CameraSessions.RequireNotRejected(session);
        var row = new CopyRow
        {
            CopyId = Guid.NewGuid().ToString("N"),
            Consortium = scope.Consortium,
            SessionId = session.SessionId,
            Description = request.Description,
            State = (int)CameraCopyState.Taken,
            TakenAt = scope.NowMs,
            TakenBy = by,
        };
        scope.Db.Add(row);
        return row;
    }

    private async Task<CopyRow> StepAsync(string copyId, CameraCopyState? from, CallerIdentity caller, Func<CopyRow, long, CopyRow> step, CancellationToken stop)
    {
        CameraRules.InUse(core.Profile);
        Field.Required(copyId, "copy_id", Field.IdMax);
        return (await core.Lane.WriteAsync(
            scope =>
            {
                var copy = Visible(scope, copyId, caller);
                if (from is { } state)
                {
                    CameraRules.Step(copy, state);
                    CameraSessions.RequireNotRejected(scope.Db.Set<SessionRow>().Single(row => row.SessionId == copy.SessionId));
                }

                var after = step(copy, scope.NowMs);
                scope.Db.Update(after);
                if (after.DestroyedAt is not null)
                {
                    alarms.Done(scope, CameraAlarmKind.CopyOpen, copyId);
                }

                return after;
            },
            stop)).Value;
    }

    // A viewer's hands reach own sessions' copies only.
    private static CopyRow Visible(WriteScope scope, string copyId, CallerIdentity caller)
    {
        var copy = scope.Db.Set<CopyRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.CopyId == copyId) ?? throw Field.Missing("copy");
        return caller.Role != CallerRole.CameraViewer || scope.Db.Set<SessionRow>().Any(row => row.SessionId == copy.SessionId && row.Viewer == caller.Name)
            ? copy
            : throw Field.Missing("copy");
    }
}
