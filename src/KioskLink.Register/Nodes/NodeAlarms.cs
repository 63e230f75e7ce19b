using System.Collections.Concurrent;
using System.Globalization;
using KioskLink.Register.Alarms;
using KioskLink.Register.Hosting;
using KioskLink.Rules.Alarms;

namespace KioskLink.Register.Nodes;

/// <summary>
/// What a technician must see about a node, in English, without personal data: what the register itself finds goes to the alarms, and
/// the last few a node are shown beside it. Thread-safe.
/// </summary>
internal sealed class NodeAlarms(NodeDirectory directory, AlarmDesk desk, TimeProvider time, ILogger<NodeAlarms> log)
{
    /// <summary>Alarms kept a node.</summary>
    public const int KeptMax = 20;

    /// <summary>So many streams that took another's place are two nodes with one identity; each of a node's three streams may do so when its line is back.</summary>
    public const int ReplacedMax = 7;

    /// <summary>Within this time.</summary>
    public static readonly TimeSpan ReplacedWithin = TimeSpan.FromMinutes(5);

    private readonly ConcurrentDictionary<string, Queue<DateTimeOffset>> _replaced = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, Queue<string>> _alarms = new(StringComparer.Ordinal);

    /// <summary>Raises an alarm of something that happened; who acknowledges it closes it.</summary>
    /// <param name="nodeId">The node; of another caller the alarm is the register's own.</param>
    /// <param name="kind">The kind.</param>
    /// <param name="what">What it is about, one word.</param>
    /// <param name="sentence">What is wrong, and how to mend it.</param>
    public void Raise(string nodeId, AlarmKind kind, string what, string sentence)
    {
        Note(nodeId, sentence);
        var node = directory.Find(nodeId);
        var place = node is null ? AlarmPlace.Register : new AlarmPlace(node.BranchId, nodeId);
        desk.Raise(place, kind, AlarmSubjects.OfRegister(what, node?.NodeId ?? ""), sentence, isHappening: true);
    }

    /// <summary>
    /// Notes that a stream took another's place. A node that lost its line does so once; two that share an identity take it from each
    /// other again and again, which is an alarm.
    /// </summary>
    public void Replaced(string nodeId, string sentence)
    {
        var now = time.GetUtcNow();
        var times = _replaced.GetOrAdd(nodeId, _ => new Queue<DateTimeOffset>());
        bool isShared;
        lock (times)
        {
            times.Enqueue(now);
            while (now - times.Peek() > ReplacedWithin) times.Dequeue();
            isShared = times.Count >= ReplacedMax;
            if (isShared) times.Clear();
        }

        if (isShared)
            Raise(nodeId, AlarmKind.IdentityShared, "identity", sentence);
        else
            Note(nodeId, sentence);
    }

    /// <summary>Notes an alarm that a node's journal told.</summary>
    public void Note(string nodeId, string sentence)
    {
        log.NodeAlarm(nodeId, sentence);
        var queue = _alarms.GetOrAdd(nodeId, _ => new Queue<string>());
        lock (queue)
        {
            queue.Enqueue(string.Create(CultureInfo.InvariantCulture, $"{time.GetUtcNow():yyyy-MM-dd HH:mm:ss}Z {sentence}"));
            while (queue.Count > KeptMax) queue.Dequeue();
        }
    }

    /// <summary>The alarms of a node, oldest first.</summary>
    public IReadOnlyList<string> Of(string nodeId)
    {
        if (!_alarms.TryGetValue(nodeId, out var queue)) return [];
        lock (queue)
        {
            return [.. queue];
        }
    }
}
