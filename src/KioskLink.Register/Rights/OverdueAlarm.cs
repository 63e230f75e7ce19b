using KioskLink.Register.Alarms;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Rights;

/// <summary>
/// The alarm that requests of data subjects are overdue (GDPR article 12): one for all of them, since each has its line in the list of
/// requests. No sentence holds personal data. Thread-safe.
/// </summary>
internal sealed class OverdueAlarm(AlarmBook alarms)
{
    private static readonly string Subject = AlarmSubjects.OfRegister("requests", "overdue");

    /// <summary>How many requests are open after their day.</summary>
    public static int Count(RegisterDb db, string consortium, Instant now)
    {
        var today = ((LocalDate?)OpeningCalendar.DateAt(now)).ToIso();
        return db.Set<SubjectRequestRow>().Count(row => row.Consortium == consortium && row.ClosedAt == null && string.Compare(row.DueOn, today) < 0);
    }

    /// <summary>Raises the alarm inside a unit of work where a request is overdue, and clears it where none is; says how many are.</summary>
    public int Look(WriteScope scope)
    {
        var overdue = Count(scope.Db, scope.Consortium, scope.Now);
        alarms.Take(scope, AlarmPlace.Register, overdue == 0
            ? new AlarmCleared(Subject)
            : AlarmDesk.Raised(AlarmKind.RequestOverdue, Subject, $"{overdue} requests of data subjects are open after their day.", scope.Now));
        return overdue;
    }

    /// <summary>Clears the alarm inside a unit of work once the last overdue request is answered or extended; it raises none.</summary>
    public void Settle(WriteScope scope)
    {
        if (Count(scope.Db, scope.Consortium, scope.Now) == 0)
        {
            alarms.Take(scope, AlarmPlace.Register, new AlarmCleared(Subject));
        }
    }
}
