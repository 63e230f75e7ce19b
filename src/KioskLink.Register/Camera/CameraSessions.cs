using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Camera;

/// <summary>Viewings: begun under a right, and closed by a record before the next may begin (R66, R69, R70, R71).</summary>
internal sealed class CameraSessions(RegisterCore core, CameraAlarms alarms, RecordText text)
{
    /// <summary>What an alarm says about a missing record.</summary>
    public const string RecordMissing = "The record of a viewing is missing; its viewer must write it.";

    /// <summary>Begins a viewing.</summary>
    public async Task<SessionRow> StartAsync(StartCameraSessionRequest request, CallerIdentity caller, CancellationToken stop)
    {
        var camera = CameraRules.InUse(core.Profile);
        if (core.Index.Branch(Field.Required(request.BranchId, "branch_id", Field.IdMax)) is null)
        {
            throw Field.Wrong("branch_id", "is no branch: list the branches and correct it");
        }

        var session = new SessionRow
        {
            SessionId = Guid.NewGuid().ToString("N"),
            Consortium = caller.Consortium,
            GrantId = "",
            Viewer = caller.Name,
            BranchId = request.BranchId,
            Camera = text.Name(request.Camera, "camera"),
            ReasonCode = CameraRules.Reason(request.ReasonCode, camera),
            ReasonText = text.Required(request.ReasonText, "reason_text"),
        };
        // The alarm must stand although the call fails, so the unit of work ends well and the refusal comes after it.
        return (await core.Lane.WriteAsync(scope => Start(scope, session), stop)).Value ?? throw Refused.With(
            StatusCode.FailedPrecondition, "RECORD_MISSING", "The record of your last viewing is missing: write it before the next viewing. An alarm was raised.");
    }

    /// <summary>Writes the record of a viewing.</summary>
    public async Task<SessionRow> CompleteAsync(CompleteCameraSessionRequest request, CallerIdentity caller, CancellationToken stop)
    {
        var camera = CameraRules.InUse(core.Profile);
        Field.Required(request.SessionId, "session_id", Field.IdMax);
        var record = request.Record ?? throw Field.Wrong("record", "is missing: give the six items");
        return (await core.Lane.WriteAsync(
            scope =>
            {
                var session = Of(scope, request.SessionId, caller.Name);
                RequireOpen(session);
                var complete = CameraRules.Complete(session, record, text, camera, scope.Now);
                var decider = CameraPeople.Decider(scope.Db, scope.Consortium, record.Decider);
                complete = complete with
                {
                    CompletedAt = scope.NowMs,
                    Decider = decider.UserName,
                    DecidedBy = decider.PersonName,
                    ViewerName = CameraPeople.NameOf(scope.Db, scope.Consortium, session.Viewer),
                };
                scope.Db.Update(complete);
                alarms.Done(scope, CameraAlarmKind.RecordMissing, session.SessionId);
                return complete;
            },
            stop)).Value;
    }

    /// <summary>A viewer's own session.</summary>
    public static SessionRow Of(WriteScope scope, string sessionId, string viewer) =>
        scope.Db.Set<SessionRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.SessionId == sessionId && row.Viewer == viewer)
        ?? throw Field.Missing("session of yours");

    /// <summary>Refuses a session whose record is written.</summary>
    public static void RequireOpen(SessionRow session)
    {
        if (session.CompletedAt is not null)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "RECORD_COMPLETE", "The record of this viewing is written and stays as it is: begin another session.");
        }
    }

    /// <summary>Refuses a copy where an outsider asked for the recording and the request was rejected (R69, R71).</summary>
    public static void RequireNotRejected(SessionRow session)
    {
        if ((OutsiderDecision)session.OutsiderDecision == OutsiderDecision.Rejected)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "REQUEST_REJECTED", "The outsider's request of this viewing was rejected: nothing is copied or delivered for it.");
        }
    }

    private SessionRow? Start(WriteScope scope, SessionRow session)
    {
        var grant = CameraGrants.Required(scope, session.Viewer, session.BranchId);
        if (scope.Db.Set<SessionRow>().FirstOrDefault(row => row.Consortium == scope.Consortium && row.Viewer == session.Viewer && row.CompletedAt == null) is { } open)
        {
            alarms.Raise(scope, CameraAlarmKind.RecordMissing, open.SessionId, RecordMissing);
            return null;
        }

        (session.GrantId, session.StartedAt) = (grant.GrantId, scope.NowMs);
        scope.Db.Add(session);
        return session;
    }
}
