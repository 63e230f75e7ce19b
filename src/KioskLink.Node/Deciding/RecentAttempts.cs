namespace KioskLink.Node.Deciding;

/// <summary>The decisions of the last attempts by id, so that a repeated attempt gets the same answer and counts once. Thread-safe.</summary>
internal sealed class RecentAttempts
{
    /// <summary>Attempts that are remembered.</summary>
    public const int Limit = 1024;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, Task<DecisionRecord>> _decisions = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>The attempt's decision: made now, or remembered.</summary>
    public Task<DecisionRecord> Once(string attemptId, Func<Task<DecisionRecord>> decide)
    {
        lock (_gate)
        {
            if (_decisions.TryGetValue(attemptId, out var known))
                return known;
            if (_oldest.Count == Limit)
                _decisions.Remove(_oldest.Dequeue());
            _oldest.Enqueue(attemptId);
            return _decisions[attemptId] = decide();
        }
    }
}
