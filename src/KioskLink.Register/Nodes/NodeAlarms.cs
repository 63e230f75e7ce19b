using System.Collections.Concurrent;
using System.Globalization;
using KioskLink.Register.Hosting;

namespace KioskLink.Register.Nodes;

/// <summary>What a technician must see about a node, in English, without personal data; the last few a node. Thread-safe.</summary>
internal sealed class NodeAlarms(TimeProvider time, ILogger<NodeAlarms> log)
{
    /// <summary>Alarms kept a node.</summary>
    public const int KeptMax = 20;

    private readonly ConcurrentDictionary<string, Queue<string>> _alarms = new(StringComparer.Ordinal);

    /// <summary>Raises an alarm.</summary>
    public void Raise(string nodeId, string sentence)
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
