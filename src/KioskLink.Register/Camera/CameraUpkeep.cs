using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;

namespace KioskLink.Register.Camera;

/// <summary>
/// What the clock alone brings about in the camera register: references vanish with their recordings (R61), a copy that nobody
/// destroys (R62) and a record that nobody writes (R70) raise their alarm.
/// </summary>
internal sealed class CameraUpkeep(RegisterCore core, CameraAlarms alarms)
{
    /// <summary>Does it once; says what it did, in English and without personal data.</summary>
    public async Task<string> RunAsync(CancellationToken stop) => core.Profile.Camera is { } camera
        ? (await core.Lane.WriteAsync(scope => Run(scope, camera), stop)).Value
        : "no cameras";

    private string Run(WriteScope scope, CameraProfile camera)
    {
        var purged = CameraReferences.Purge(scope, camera);
        var (late, destroyed) = ((scope.Now - camera.RecordWithin).ToUnixTimeMilliseconds(), (int)CameraCopyState.Destroyed);
        var missing = scope.Db.Set<SessionRow>()
            .Where(row => row.Consortium == scope.Consortium && row.CompletedAt == null && row.StartedAt <= late)
            .Select(row => row.SessionId)
            .ToList()
            .Count(session => alarms.Raise(scope, CameraAlarmKind.RecordMissing, session, CameraSessions.RecordMissing));
        var old = (scope.Now - camera.CopyOpenMax).ToUnixTimeMilliseconds();
        var open = scope.Db.Set<CopyRow>()
            .Where(row => row.Consortium == scope.Consortium && row.State != destroyed && row.TakenAt <= old)
            .Select(row => row.CopyId)
            .ToList()
            .Count(copy => alarms.Raise(scope, CameraAlarmKind.CopyOpen, copy, CameraCopies.CopyOpen));
        return string.Create(CultureInfo.InvariantCulture, $"{purged} references purged, {missing} alarms of missing records, {open} alarms of open copies");
    }
}
