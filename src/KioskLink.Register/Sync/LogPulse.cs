using KioskLink.Register.Facts;
using KioskLink.Register.Hosting;
using KioskLink.Register.Store;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Register.Sync;

/// <summary>A good read of the change log.</summary>
/// <param name="Head">The position up to which the log was read.</param>
/// <param name="AsOf">When the read began: everything committed by then is covered.</param>
internal sealed record LogReading(LogPosition Head, Instant AsOf);

/// <summary>
/// Reads the log's head from the database once a second and wakes the streams, for it and for every commit. Without a good
/// read there is no watermark, so that a node never takes silence for freshness. Thread-safe.
/// </summary>
internal sealed class LogPulse(RegisterCore core, TimeProvider time, ILogger<LogPulse> log) : BackgroundService
{
    /// <summary>How often the log is read, and so how often watermarks go out.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Lock _gate = new();
    private readonly HashSet<WakeSignal> _sleepers = [];
    private volatile LogReading? _last;

    /// <summary>The last good read; null before the first.</summary>
    public LogReading? Last => _last;

    /// <summary>Wakes a stream from now on until the result is disposed.</summary>
    public IDisposable Subscribe(WakeSignal signal)
    {
        lock (_gate)
        {
            _sleepers.Add(signal);
        }

        return new Subscription(() =>
        {
            lock (_gate)
            {
                _sleepers.Remove(signal);
            }
        });
    }

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken) =>
        Task.WhenAll(ReadEachSecondAsync(stoppingToken), FollowCommitsAsync(stoppingToken));

    private async Task ReadEachSecondAsync(CancellationToken stopping)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            await ReadAsync(stopping);
        }
        while (await timer.WaitForNextTickAsync(stopping));
    }

    private async Task ReadAsync(CancellationToken stopping)
    {
        try
        {
            var asOf = core.Now();
            var version = StoredVersion();
            await core.Log.WaitBeyondAsync(version - 1, stopping);
            _last = new LogReading(core.Log.Head, asOf);
            WakeAll();
        }
        catch (SqliteException broken)
        {
            log.WatermarkWithheld(broken.Message);
        }
    }

    private long StoredVersion()
    {
        using var db = core.Store.Read();
        return db.Set<RegisterRow>().Single(row => row.Consortium == core.Store.Consortium).Version;
    }

    private async Task FollowCommitsAsync(CancellationToken stopping)
    {
        var seen = core.Log.Head.Version;
        while (true)
        {
            await core.Log.WaitBeyondAsync(seen, stopping);
            var changes = core.Log.ReadAfter(seen, SyncStream.ReadMax);
            seen = changes is [.., var newest] ? newest.Version : core.Log.Head.Version;
            // Of a number that nobody has no node is told: whoever sprays such numbers wakes no stream.
            if (changes is null || changes.Any(change => change.Entity.Kind != EntityKind.Number)) WakeAll();
        }
    }

    private void WakeAll()
    {
        lock (_gate)
        {
            foreach (var sleeper in _sleepers) sleeper.Wake();
        }
    }

    private sealed class Subscription(Action end) : IDisposable
    {
        public void Dispose() => end();
    }
}
