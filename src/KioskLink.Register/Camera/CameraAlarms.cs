using KioskLink.Protos.Register.V1;
using KioskLink.Register.Alarms;
using KioskLink.Register.Hosting;
using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;

namespace KioskLink.Register.Camera;

/// <summary>Alarms of the camera register: a row once for each thing they are about, and a line in the log. No sentence holds personal data.</summary>
internal sealed class CameraAlarms(AlarmBook alarms, ILogger<CameraAlarms> log)
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
        alarms.Take(scope, AlarmPlace.Register, AlarmDesk.Raised(AlarmKind.Camera, Subject(kind, subjectId), sentence, scope.Now, kind == CameraAlarmKind.Difference));
        return true;
    }

    /// <summary>Says inside a unit of work that a duty is done.</summary>
    public void Done(WriteScope scope, CameraAlarmKind kind, string subjectId) => alarms.Take(scope, AlarmPlace.Register, new AlarmCleared(Subject(kind, subjectId)));

    private static string Subject(CameraAlarmKind kind, string subjectId) => AlarmSubjects.OfRegister($"camera-{kind}", subjectId);
}
