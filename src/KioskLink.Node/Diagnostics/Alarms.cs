using KioskLink.Node.Hosting;
using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>What a technician must see, by subject. A new alarm is journaled once, until it is cleared. Thread-safe.</summary>
internal sealed class Alarms(NodeJournal journal, ILogger<Alarms> log)
{
    /// <summary>How many alarms stand at once; more are logged only.</summary>
    public const int Limit = 64;

    private readonly Lock _gate = new();
    private readonly SortedDictionary<string, string> _standing = new(StringComparer.Ordinal);

    /// <summary>The alarms that stand, in English.</summary>
    public IReadOnlyList<string> Standing
    {
        get
        {
            lock (_gate)
                return [.. _standing.Values];
        }
    }

    /// <summary>Raises an alarm: what is wrong, where, and how to mend it. The same words about the same subject are journaled once.</summary>
    public void Raise(string subject, string sentence)
    {
        bool isKept;
        lock (_gate)
        {
            if (_standing.TryGetValue(subject, out var standing) && standing == sentence)
                return;
            isKept = standing is not null || _standing.Count < Limit;
            if (isKept)
                _standing[subject] = sentence;
        }
        log.AlarmRaised(sentence);
        if (isKept)
            _ = journal.AppendAsync(new RecordOpen { Kind = RecordKind.Alarm, Detail = sentence });
    }

    /// <summary>Clears the alarm of a subject.</summary>
    public void Clear(string subject)
    {
        lock (_gate)
            _standing.Remove(subject);
    }
}
