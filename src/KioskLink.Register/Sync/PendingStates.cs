using KioskLink.Register.Facts;

namespace KioskLink.Register.Sync;

/// <summary>
/// What a stream still has to send: priority changes first, then bulk, each entity once however often it changed, since
/// states travel and not steps. Not thread-safe.
/// </summary>
internal sealed class PendingStates
{
    private readonly Queue<Change> _priority = new();
    private readonly Queue<EntityId> _bulk = new();
    private readonly Dictionary<EntityId, Change> _bulkChanges = [];
    private IEnumerator<Entry>? _snapshot;

    /// <summary>Whether bulk waits.</summary>
    public bool HasBulk => _snapshot is not null || _bulk.Count > 0;

    /// <summary>Starts a snapshot; its entries go before other bulk.</summary>
    public void Begin(IEnumerable<Entry> snapshot)
    {
        _snapshot = snapshot.GetEnumerator();
        Advance();
    }

    /// <summary>Adds changes in the order of the log.</summary>
    public void Add(IEnumerable<Change> changes)
    {
        foreach (var change in changes)
        {
            if (change.Priority)
                _priority.Enqueue(change);
            else if (_bulkChanges.TryAdd(change.Entity, change))
                _bulk.Enqueue(change.Entity);
        }
    }

    /// <summary>The next change that goes ahead of bulk.</summary>
    public Change? NextPriority() => _priority.TryDequeue(out var change) ? change : null;

    /// <summary>The next bulk entry or change, without taking it; null when there is none.</summary>
    public (Entry? Entry, Change? Change)? PeekBulk()
    {
        if (_snapshot is not null) return (_snapshot.Current, null);
        return _bulk.TryPeek(out var entity) ? (null, _bulkChanges[entity]) : null;
    }

    /// <summary>Takes what <see cref="PeekBulk"/> showed; true when that was the last entry of the snapshot.</summary>
    public bool TakeBulk()
    {
        if (_snapshot is not null)
        {
            Advance();
            return _snapshot is null;
        }

        _bulkChanges.Remove(_bulk.Dequeue());
        return false;
    }

    private void Advance()
    {
        if (_snapshot!.MoveNext()) return;
        _snapshot.Dispose();
        _snapshot = null;
    }
}
