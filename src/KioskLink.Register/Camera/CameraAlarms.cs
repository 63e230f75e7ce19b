using KioskLink.Protos.Register.V1;
using KioskLink.Register.Hosting;
using KioskLink.Register.Store;

namespace KioskLink.Register.Camera;

/// <summary>Alarms of the camera register: a row once for each thing they are about, and a line in the log. No sentence holds personal data.</summary>
internal sealed class CameraAlarms(ILogger<CameraAlarms> log)
{
    /// <summary>Raises an alarm inside a unit of work; says whether it is new.</summary>
    public bool Raise(WriteScope scope, CameraAlarmKind kind, string subjectId, string sentence)
    {
        var number = (int)kind;
        if (scope.Db.Set<AlarmRow>().Any(row => row.Consortium == scope.Consortium && row.Kind == number && row.SubjectId == subjectId))
        {
            return false;
        }

        scope.Db.Add(new AlarmRow
        {
            AlarmId = Guid.NewGuid().ToString("N"),
            Consortium = scope.Consortium,
            Kind = number,
            SubjectId = subjectId,
            RaisedAt = scope.NowMs,
            Sentence = sentence,
        });
        log.CameraAlarm(kind.ToString(), subjectId, sentence);
        return true;
    }
}
