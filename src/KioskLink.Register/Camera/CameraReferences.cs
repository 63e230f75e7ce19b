using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Camera;

/// <summary>References from events at doors to moments of recordings, gone when the recording is (R61, R67).</summary>
internal sealed class CameraReferences(RegisterCore core)
{
    /// <summary>Notes a reference; also tells whose card the event was of, which is not noted with it.</summary>
    public async Task<(ReferenceRow Row, string CardRef)> LinkAsync(LinkCameraEventRequest request, CallerIdentity caller, CancellationToken stop)
    {
        var camera = CameraRules.InUse(core.Profile);
        Field.Required(request.SessionId, "session_id", Field.IdMax);
        Field.Required(request.AttemptId, "attempt_id", Field.IdMax);
        var at = Field.Time(request.CameraTime, "camera_time");
        return (await core.Lane.WriteAsync(scope => Link(scope, request, at, caller.Name, camera), stop)).Value;
    }

    /// <summary>Deletes what refers to recordings that have vanished; the moment itself counts as gone.</summary>
    /// <returns>How many.</returns>
    public static int Purge(WriteScope scope, CameraProfile camera)
    {
        var gone = (scope.Now - camera.RecordingsKept).ToUnixTimeMilliseconds();
        return scope.Db.Set<ReferenceRow>().Where(row => row.Consortium == scope.Consortium && row.RecordedAt <= gone).ExecuteDelete();
    }

    private static (ReferenceRow Row, string CardRef) Link(WriteScope scope, LinkCameraEventRequest request, Instant? at, string viewer, CameraProfile camera)
    {
        var session = CameraSessions.Of(scope, request.SessionId, viewer);
        CameraSessions.RequireOpen(session);
        CameraGrants.Required(scope, viewer, session.BranchId);
        var attempt = Event(scope, request, session.BranchId);
        var happened = Instant.FromUnixTimeMilliseconds(attempt.PresentedAt ?? attempt.AnsweredAt ?? attempt.ReceivedAt ?? 0);
        var shown = at ?? happened;
        if (shown - happened > CameraRules.ClockDriftMax || happened - shown > CameraRules.ClockDriftMax)
        {
            throw Field.Wrong("camera_time", $"lies more than {CameraRules.ClockDriftMax.TotalHours} h from the event: correct it");
        }

        var recorded = Instant.Min(shown, happened);
        if (recorded + camera.RecordingsKept <= scope.Now)
        {
            throw Field.Wrong("attempt_id", "is of a time whose recordings are gone");
        }

        var row = new ReferenceRow
        {
            ReferenceId = Guid.NewGuid().ToString("N"),
            Consortium = scope.Consortium,
            SessionId = session.SessionId,
            BranchId = session.BranchId,
            Camera = session.Camera,
            NodeId = attempt.NodeId,
            AttemptId = attempt.AttemptId,
            EventAt = happened.ToUnixTimeMilliseconds(),
            CameraAt = shown.ToUnixTimeMilliseconds(),
            RecordedAt = recorded.ToUnixTimeMilliseconds(),
        };
        scope.Db.Add(row);
        return (row, attempt.CardRef);
    }

    private static AttemptRow Event(WriteScope scope, LinkCameraEventRequest request, string branchId)
    {
        var found = scope.Db.Set<AttemptRow>()
            .Where(row => row.Consortium == scope.Consortium && row.BranchId == branchId && row.AttemptId == request.AttemptId
                && (request.NodeId == "" || row.NodeId == request.NodeId))
            .Take(2)
            .ToList();
        return found switch
        {
            [var one] => one,
            [] => throw Field.Missing("event at the session's branch"),
            _ => throw Field.Wrong("node_id", "is missing: several nodes have an event of this id"),
        };
    }
}
