using KioskLink.Register.Store;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Register.Facts;

/// <summary>
/// Every change to what a door may need, in commit order without gaps (DESIGN 7): whole facts, appended in the transaction
/// that changes them. The last <see cref="RecentMax"/> are served from memory. Reading is thread-safe; only the write lane
/// appends.
/// </summary>
internal sealed class ChangeLog
{
    /// <summary>How long changes are kept.</summary>
    public static readonly Duration KeptFor = Duration.FromDays(30);

    /// <summary>Changes that are held in memory for streams that follow the head.</summary>
    public const int RecentMax = 65_536;

    private readonly RegisterStore _store;
    private readonly EntitlementIndex _index;
    private readonly FactsReader _facts;
    private readonly Lock _gate = new();
    private readonly Queue<Change> _recent = new();
    private TaskCompletionSource _moved = NewSignal();
    private LogPosition _head;
    private Instant _headTime;

    /// <summary>Opens the log at its stored head.</summary>
    public ChangeLog(RegisterStore store, EntitlementIndex index, FactsReader facts)
    {
        (_store, _index, _facts) = (store, index, facts);
        using var db = store.Read();
        var row = db.Set<RegisterRow>().Single(row => row.Consortium == store.Consortium);
        _head = new LogPosition(row.Epoch, row.Version);
        Floor = (row.LogFloor, Instant.FromUnixTimeMilliseconds(row.FloorTime));
        _headTime = Instant.FromUnixTimeMilliseconds(
            db.Set<ChangeRow>().Where(change => change.Consortium == store.Consortium).Max(change => (long?)change.CommitTime) ?? 0);
    }

    /// <summary>The consortium.</summary>
    public string Consortium => _store.Consortium;

    /// <summary>The newest committed position; whatever it covers is in the index.</summary>
    public LogPosition Head
    {
        get
        {
            lock (_gate)
            {
                return _head;
            }
        }
    }

    /// <summary>Up to which version and time rows may be pruned: an older position takes a snapshot.</summary>
    public (long Version, Instant Time) Floor { get; private set; }

    /// <summary>
    /// The changes after a version, oldest first, at most <paramref name="limit"/>; null when the log no longer reaches
    /// that far back, so that a snapshot is due.
    /// </summary>
    public IReadOnlyList<Change>? ReadAfter(long version, int limit)
    {
        lock (_gate)
        {
            if (version >= _head.Version)
            {
                return [];
            }

            if (_recent.TryPeek(out var oldest) && version >= oldest.Version - 1)
            {
                return [.. _recent.Skip((int)(version - oldest.Version + 1)).Take(limit)];
            }
        }

        return version < Floor.Version ? null : ReadStored(version, limit);
    }

    /// <summary>Ends when the head is beyond a version.</summary>
    public async Task WaitBeyondAsync(long version, CancellationToken cancel)
    {
        while (true)
        {
            Task moved;
            lock (_gate)
            {
                if (_head.Version > version)
                {
                    return;
                }

                moved = _moved.Task;
            }

            await moved.WaitAsync(cancel).ConfigureAwait(false);
        }
    }

    /// <summary>A commit time that never runs backwards, whatever the wall clock does.</summary>
    internal Instant CommitTime(Instant now) => Instant.Max(now, _headTime);

    /// <summary>Writes the facts of every touched entity whole into the log, inside the transaction.</summary>
    internal void Append(WriteScope scope, List<RecordedChange> recorded)
    {
        foreach (var (entity, priority) in scope.Touched)
        {
            var version = (recorded.Count > 0 ? recorded[^1].Change.Version : _head.Version) + 1;
            var entry = _facts.Read(scope.Db, entity);
            scope.Db.Add(new ChangeRow
            {
                Consortium = Consortium,
                Version = version,
                CommitTime = scope.NowMs,
                Kind = (int)entity.Kind,
                // Of a number that nobody has the log keeps a version and nothing by which it could be told.
                EntityId = entity.Kind == EntityKind.Number ? "" : entity.Id,
                Priority = priority,
                Facts = entry is null ? null : StoredFacts.Write(entry),
            });
            var change = new Change(version, scope.Now, entity, priority);
            recorded.Add(new RecordedChange(change, entry is null ? null : entry with { Version = version, CommitTime = scope.Now }));
        }

        scope.Db.SaveChanges();
    }

    /// <summary>Moves the one-row counter: the last statement before the commit.</summary>
    internal void MoveCounter(SqliteTransaction transaction, List<RecordedChange> recorded)
    {
        if (recorded.Count == 0)
        {
            return;
        }

        using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = "UPDATE register SET version = $new WHERE consortium = $consortium AND version = $old";
        command.Parameters.AddWithValue("$new", recorded[^1].Change.Version);
        command.Parameters.AddWithValue("$old", _head.Version);
        command.Parameters.AddWithValue("$consortium", Consortium);
        if (command.ExecuteNonQuery() != 1)
        {
            throw new InvalidOperationException("Another writer moved the change log's counter.");
        }
    }

    /// <summary>Puts committed changes in force and wakes whoever waits.</summary>
    internal void Publish(List<RecordedChange> recorded)
    {
        if (recorded.Count == 0)
        {
            return;
        }

        recorded.ForEach(change => _index.Apply(change.Change.Entity, change.Entry));
        TaskCompletionSource moved;
        lock (_gate)
        {
            recorded.ForEach(change => _recent.Enqueue(change.Change));
            while (_recent.Count > RecentMax)
            {
                _recent.Dequeue();
            }

            (_head, _headTime) = (_head with { Version = recorded[^1].Change.Version }, recorded[^1].Change.CommitTime);
            (moved, _moved) = (_moved, NewSignal());
        }

        moved.TrySetResult();
    }

    /// <summary>Notes a new floor after pruning.</summary>
    internal void RaiseFloor(long version, Instant time) => Floor = (version, time);

    private List<Change> ReadStored(long version, int limit)
    {
        using var db = _store.Read();
        return [.. db.Set<ChangeRow>()
            .Where(row => row.Consortium == Consortium && row.Version > version)
            .OrderBy(row => row.Version)
            .Take(limit)
            .Select(row => new { row.Version, row.CommitTime, row.Kind, row.EntityId, row.Priority })
            .AsEnumerable()
            .Select(row => new Change(
                row.Version, Instant.FromUnixTimeMilliseconds(row.CommitTime), new EntityId((EntityKind)row.Kind, row.EntityId), row.Priority))];
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}
