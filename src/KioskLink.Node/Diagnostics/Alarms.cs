using KioskLink.Node.Hosting;
using KioskLink.Node.Journal;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Alarms;
using AlarmKind = KioskLink.Protos.Types.V1.AlarmKind;
using AlarmSeverity = KioskLink.Rules.Alarms.AlarmSeverity;

namespace KioskLink.Node.Diagnostics;

/// <summary>What a technician must see, by subject. A new alarm is journaled once, until it is cleared, and so is its end. Thread-safe.</summary>
/// <param name="journal">The journal.</param>
/// <param name="busOf">The line of each device: what hangs on it is its consequence.</param>
/// <param name="log">The log.</param>
internal sealed class Alarms(NodeJournal journal, IReadOnlyDictionary<string, string> busOf, ILogger<Alarms> log)
{
    /// <summary>How many alarms stand at once; more are logged only.</summary>
    public const int Limit = 64;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, NodeAlarm> _standing = new(StringComparer.Ordinal);

    /// <summary>Told after each change; handlers return at once.</summary>
    public event Action? Changed;

    /// <summary>The alarms that stand, in English.</summary>
    public IReadOnlyList<string> Standing
    {
        get
        {
            lock (_gate)
                return [.. _standing.Values.Select(alarm => alarm.Sentence)];
        }
    }

    /// <summary>The alarms that stand, as the register takes them.</summary>
    public StandingAlarms Report()
    {
        lock (_gate)
            return new StandingAlarms { Alarms = { _standing.Values.Select(alarm => alarm.Clone()) } };
    }

    /// <summary>Whether one stands at which somebody must look at once.</summary>
    public bool HasCritical
    {
        get
        {
            lock (_gate)
                return _standing.Values.Any(alarm => AlarmKinds.SeverityOf((Rules.Alarms.AlarmKind)alarm.Kind) == AlarmSeverity.Critical);
        }
    }

    /// <summary>Raises an alarm: what is wrong, where, and how to mend it. The same words about the same subject are journaled once.</summary>
    public void Raise(string subject, string sentence)
    {
        var alarm = Describe(subject, sentence);
        bool isKept;
        lock (_gate)
        {
            if (_standing.TryGetValue(subject, out var standing) && standing.Sentence == sentence)
                return;
            isKept = standing is not null || _standing.Count < Limit;
            if (isKept)
                _standing[subject] = alarm;
        }
        log.AlarmRaised(sentence);
        if (!isKept)
            return;
        _ = journal.AppendAsync(new RecordOpen { Kind = RecordKind.Alarm, Detail = sentence, Alarm = alarm.Clone() });
        Changed?.Invoke();
    }

    /// <summary>Tells of what has happened and somebody must look at, while nothing stands that could end: journaled, and told by the register.</summary>
    public void Tell(string sentence)
    {
        log.AlarmRaised(sentence);
        _ = journal.AppendAsync(new RecordOpen { Kind = RecordKind.Alarm, Detail = sentence });
    }

    /// <summary>Clears the alarm of a subject.</summary>
    public void Clear(string subject)
    {
        NodeAlarm? over;
        lock (_gate)
        {
            if (!_standing.Remove(subject, out over))
                return;
        }
        over = over.Clone();
        over.Cleared = true;
        _ = journal.AppendAsync(new RecordOpen { Kind = RecordKind.Alarm, Detail = $"Over: {over.Sentence}", Alarm = over });
        Changed?.Invoke();
    }

    private NodeAlarm Describe(string subject, string sentence) => new()
    {
        Subject = subject,
        Kind = (AlarmKind)AlarmSubjects.KindOf(subject),
        Sentence = sentence,
        RootSubject = busOf.TryGetValue(AlarmSubjects.DeviceOf(subject), out var bus) ? $"{AlarmSubjects.Port} {bus}" : "",
    };
}
