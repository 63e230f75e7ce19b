namespace KioskLink.Node.Diagnostics;

/// <summary>When the cards of the last attempts were read. Thread-safe.</summary>
internal sealed class RecentReads
{
    private const int Limit = 256;
    private readonly Lock _gate = new();
    private readonly Dictionary<string, long> _readAt = new(StringComparer.Ordinal);
    private readonly Queue<string> _oldest = new();

    /// <summary>Remembers an attempt.</summary>
    public void Note(string attemptId, long readAt)
    {
        lock (_gate)
        {
            if (!_readAt.TryAdd(attemptId, readAt))
                return;
            _oldest.Enqueue(attemptId);
            if (_oldest.Count > Limit)
                _readAt.Remove(_oldest.Dequeue());
        }
    }

    /// <summary>When its card was read; null when it is not remembered.</summary>
    public long? Find(string attemptId)
    {
        lock (_gate)
            return _readAt.TryGetValue(attemptId, out var readAt) ? readAt : null;
    }
}
