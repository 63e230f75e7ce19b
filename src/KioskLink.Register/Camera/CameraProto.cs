using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using NodaTime;

namespace KioskLink.Register.Camera;

/// <summary>The camera register's rows as messages.</summary>
internal static class CameraProto
{
    /// <summary>A viewing right.</summary>
    public static CameraGrant Grant(GrantRow row) => new()
    {
        Id = row.GrantId,
        Viewer = row.Viewer,
        BranchIds = { row.BranchIds.Split('\n', StringSplitOptions.RemoveEmptyEntries) },
        GrantedBy = row.GrantedBy,
        DynastyRef = row.DynastyRef,
        UndertakingOn = row.UndertakingOn,
        StartTime = ((long?)row.StartAt).ToTimestamp(),
        EndTime = ((long?)row.EndAt).ToTimestamp(),
        RecordedBy = row.RecordedBy,
        RevokeTime = row.RevokedAt.ToTimestamp(),
        RevokeReason = row.RevokeReason,
    };

    /// <summary>A viewing with its record where there is one.</summary>
    public static CameraSession Session(SessionRow row) => new()
    {
        Id = row.SessionId,
        Viewer = row.Viewer,
        BranchId = row.BranchId,
        Camera = row.Camera,
        ReasonCode = row.ReasonCode,
        ReasonText = row.ReasonText,
        StartTime = ((long?)row.StartedAt).ToTimestamp(),
        CompleteTime = row.CompletedAt.ToTimestamp(),
        GrantId = row.GrantId,
        Record = row.CompletedAt is null ? null : new CameraRecord
        {
            ViewingTime = row.ViewedAt.ToTimestamp(),
            Matter = row.Matter,
            MatterTime = row.MatterAt.ToTimestamp(),
            Ground = row.Ground,
            DecidedBy = row.DecidedBy,
            Decider = row.Decider,
            ViewerName = row.ViewerName,
            OutsiderAsked = row.OutsiderDecision != 0,
            OutsiderName = row.OutsiderName,
            OutsiderDecision = (OutsiderDecision)row.OutsiderDecision,
        },
    };

    /// <summary>A reference to a moment of a recording.</summary>
    public static CameraReference Reference(ReferenceRow row, CameraProfile camera) => new()
    {
        Id = row.ReferenceId,
        SessionId = row.SessionId,
        BranchId = row.BranchId,
        Camera = row.Camera,
        AttemptId = row.AttemptId,
        EventTime = ((long?)row.EventAt).ToTimestamp(),
        CameraTime = ((long?)row.CameraAt).ToTimestamp(),
        PurgeTime = (Instant.FromUnixTimeMilliseconds(row.RecordedAt) + camera.RecordingsKept).ToProto(),
    };

    /// <summary>A copy.</summary>
    public static CameraCopy Copy(CopyRow row, CameraProfile camera, Instant now) => new()
    {
        Id = row.CopyId,
        SessionId = row.SessionId,
        Description = row.Description,
        State = (CameraCopyState)row.State,
        TakeTime = ((long?)row.TakenAt).ToTimestamp(),
        TakenBy = row.TakenBy,
        DeliverTime = row.DeliveredAt.ToTimestamp(),
        DeliveredBy = row.DeliveredBy,
        Recipient = row.Recipient,
        RecipientRef = row.RecipientRef,
        DestroyTime = row.DestroyedAt.ToTimestamp(),
        DestroyedBy = row.DestroyedBy,
        DestroyMethod = row.DestroyMethod,
        UndeliveredReason = row.UndeliveredReason,
        Overdue = row.DestroyedAt is null && Instant.FromUnixTimeMilliseconds(row.TakenAt) + camera.CopyOpenMax <= now,
    };

    /// <summary>An alarm.</summary>
    public static CameraAlarm Alarm(AlarmRow row) => new()
    {
        Id = row.AlarmId,
        Kind = (CameraAlarmKind)row.Kind,
        SubjectId = row.SubjectId,
        RaiseTime = ((long?)row.RaisedAt).ToTimestamp(),
        Sentence = row.Sentence,
    };
}
