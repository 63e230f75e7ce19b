using System.Threading.Channels;
using KioskLink.Register.Facts;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Store;

/// <summary>What a unit of work gave, once it is durable and in force.</summary>
/// <param name="Value">What the work returned.</param>
/// <param name="Version">The newest version that the work made, or the log's head when it made none.</param>
internal sealed record Committed<T>(T Value, long Version);

/// <summary>
/// The only writer of the database. Work that waits is committed together (one fsync for many), in the order of arrival;
/// each unit stands or falls alone behind a savepoint. A unit's task ends when it is durable and the index shows it.
/// Thread-safe.
/// </summary>
internal sealed class WriteLane : IAsyncDisposable
{
    /// <summary>Units that one commit carries at most.</summary>
    public const int BatchMax = 64;

    /// <summary>Units that may wait; more callers wait for room.</summary>
    public const int QueueMax = 4096;

    private const string Savepoint = "unit";

    private static readonly AsyncLocal<UnitCompanion?> Companion = new();

    private readonly SqliteConnection _connection;
    private readonly RegisterDb _db;
    private readonly ChangeLog _log;
    private readonly TimeProvider _time;
    private readonly Channel<Unit> _queue = Channel.CreateBounded<Unit>(new BoundedChannelOptions(QueueMax) { SingleReader = true });
    private readonly Task _loop;

    /// <summary>Starts the lane on its own connection, which it closes at the end.</summary>
    public WriteLane(SqliteConnection connection, ChangeLog log, TimeProvider time)
    {
        (_connection, _log, _time) = (connection, log, time);
        _db = RegisterDb.On(connection);
        _db.Database.AutoSavepointsEnabled = false;
        _loop = Task.Run(RunAsync);
    }

    /// <summary>Does a unit of work; the work runs on the lane, synchronously, and must be short.</summary>
    /// <exception cref="StoreProblem">The store could not commit; nothing was changed.</exception>
    public async Task<Committed<T>> WriteAsync<T>(Func<WriteScope, T> work, CancellationToken cancel = default)
    {
        var unit = new Unit<T>(work);
        await _queue.Writer.WriteAsync(unit, cancel).ConfigureAwait(false);
        return await unit.Done.Task.ConfigureAwait(false);
    }

    /// <summary>Does a unit of work and tells of its result before the unit ends, so that what is written with the unit knows it.</summary>
    /// <exception cref="StoreProblem">The store could not commit; nothing was changed.</exception>
    public Task<Committed<T>> WriteAsync<T>(Func<WriteScope, T> work, Action<T> tell, CancellationToken cancel = default) =>
        WriteAsync(
            scope =>
            {
                var result = work(scope);
                tell(result);
                return result;
            },
            cancel);

    /// <summary>Does a unit of work without a result.</summary>
    public Task<Committed<bool>> WriteAsync(Action<WriteScope> work, CancellationToken cancel = default) =>
        WriteAsync(
            scope =>
            {
                work(scope);
                return true;
            },
            cancel);

    /// <summary>From here to the end of the calling asynchronous method each unit of work has this companion.</summary>
    public static void Accompany(UnitCompanion companion) => Companion.Value = companion;

    /// <summary>
    /// From here to the end of the calling asynchronous method units of work are alone: for what changes nobody's data, such as a
    /// counter of guesses or the time of a last use.
    /// </summary>
    public static void GoAlone() => Companion.Value = null;

    /// <summary>Finishes the work that waits and closes the connection.</summary>
    public async ValueTask DisposeAsync()
    {
        _queue.Writer.TryComplete();
        await _loop.ConfigureAwait(false);
        await _db.DisposeAsync().ConfigureAwait(false);
        await _connection.DisposeAsync().ConfigureAwait(false);
    }

    private async Task RunAsync()
    {
        var batch = new List<Unit>(BatchMax);
        while (await _queue.Reader.WaitToReadAsync().ConfigureAwait(false))
        {
            while (batch.Count < BatchMax && _queue.Reader.TryRead(out var unit))
            {
                batch.Add(unit);
            }

            Commit(batch);
            batch.Clear();
        }
    }

    private void Commit(List<Unit> batch)
    {
        var recorded = new List<RecordedChange>();
        try
        {
            using var transaction = _connection.BeginTransaction(deferred: false);
            var now = _log.CommitTime(Instant.FromUnixTimeMilliseconds(_time.GetUtcNow().ToUnixTimeMilliseconds()));
            using var enlisted = _db.Database.UseTransaction(transaction);
            foreach (var unit in batch)
            {
                Run(unit, transaction, now, recorded);
            }

            _log.MoveCounter(transaction, recorded);
            transaction.Commit();
        }
        catch (Exception problem)
        {
            // Nothing was committed; whatever it was, the callers are told and the lane goes on.
            batch.ForEach(unit => unit.Fail(new StoreProblem(
                "The register's database could not be written: check that its disk has room and may be written.", problem)));
            return;
        }

        _log.Publish(recorded);
        batch.ForEach(unit => unit.Complete(_log.Head.Version));
    }

    private void Run(Unit unit, SqliteTransaction transaction, Instant now, List<RecordedChange> recorded)
    {
        var before = recorded.Count;
        transaction.Save(Savepoint);
        try
        {
            var scope = new WriteScope(_db, _log.Consortium, now) { Companion = unit.Companion };
            unit.Run(scope);
            _db.SaveChanges();
            unit.Companion?.Write(scope);
            _log.Append(scope, recorded);
            unit.Version = recorded.Count > before ? recorded[^1].Change.Version : 0;
            transaction.Release(Savepoint);
        }
        catch (Exception problem) when (!IsOfTheDisk(problem))
        {
            recorded.RemoveRange(before, recorded.Count - before);
            transaction.Rollback(Savepoint);
            unit.Fail(problem);
        }
        finally
        {
            _db.ChangeTracker.Clear();
        }
    }

    // On a full or failing disk SQLite may have ended the whole transaction: then no unit of the batch stands.
    private static bool IsOfTheDisk(Exception problem) =>
        problem is SqliteException { SqliteErrorCode: DiskFull or DiskFailure or DiskReadOnly } || (problem.InnerException is { } inner && IsOfTheDisk(inner));

    private const int DiskReadOnly = 8;
    private const int DiskFailure = 10;
    private const int DiskFull = 13;

    private abstract class Unit
    {
        public UnitCompanion? Companion { get; } = WriteLane.Companion.Value;

        public long Version { get; set; }

        public abstract void Run(WriteScope scope);

        public abstract void Complete(long head);

        public abstract void Fail(Exception problem);
    }

    private sealed class Unit<T>(Func<WriteScope, T> work) : Unit
    {
        private T _result = default!;

        public TaskCompletionSource<Committed<T>> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override void Run(WriteScope scope) => _result = work(scope);

        public override void Complete(long head) => Done.TrySetResult(new Committed<T>(_result, Version == 0 ? head : Version));

        public override void Fail(Exception problem) => Done.TrySetException(problem);
    }
}
