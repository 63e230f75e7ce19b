using KioskLink.Protos.Types.V1;
using KioskLink.Register.Events;
using KioskLink.Register.Store;
using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>Takes alarms out of a node's journal, in the unit of work that keeps the record: so each counts once.</summary>
internal static class AlarmIntake
{
    /// <summary>Takes a record that is new; other kinds are left alone.</summary>
    public static void Take(AlarmBook book, WriteScope scope, DeliveredJournal journal, DeliveredRecord delivered)
    {
        if (delivered.Open.Kind != RecordKind.Alarm)
        {
            return;
        }

        // Nobody can tell yet when an undated record was written: the line was down at any rate.
        var at = Instant.Min(delivered.At ?? scope.Now, scope.Now);
        var isLate = delivered.At is null || scope.Now - at > AlarmLimits.LateAfter;
        book.Take(scope, new AlarmPlace(journal.BranchId, journal.NodeId), Event(delivered.Open, at, isLate));
    }

    /// <summary>The event of a fault that a node tells of.</summary>
    public static AlarmRaised Raised(NodeAlarm alarm, Instant at, bool isLate) => new(
        Guid.NewGuid().ToString("N"), AlarmSubjects.OfNode(alarm.Subject), AlarmKinds.Of((int)alarm.Kind), AlarmSubjects.Text(alarm.Sentence, AlarmLimits.SentenceMax), at)
    {
        RootSubject = AlarmSubjects.Text(alarm.RootSubject, AlarmLimits.SubjectMax),
        IsLate = isLate,
    };

    private static AlarmEvent Event(RecordOpen open, Instant at, bool isLate) => open.Alarm switch
    {
        // A node of an older version tells of no end.
        null => Raised(new NodeAlarm { Subject = $"node {open.Detail}", Kind = Protos.Types.V1.AlarmKind.Other, Sentence = open.Detail }, at, isLate) with { IsHappening = true },
        { Cleared: true } over => new AlarmCleared(AlarmSubjects.OfNode(over.Subject)),
        var alarm => Raised(alarm, at, isLate),
    };
}
