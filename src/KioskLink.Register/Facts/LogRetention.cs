using KioskLink.Register.Hosting;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Facts;

/// <summary>
/// Forgets changes that are older than the log is kept, but for the newest old one of each entity, which tells the facts at
/// the log's new beginning. Runs once a day while the register lives, and at start.
/// </summary>
internal sealed class LogRetention(RegisterCore core, ILogger<LogRetention> log) : BackgroundService
{
    /// <summary>How often old changes are looked for.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromDays(1);

    /// <summary>Rows that one unit of work deletes at most, so that no door's guess waits long behind it.</summary>
    public const int SliceRows = 2_000;

    private const string Delete = """
        DELETE FROM change_log WHERE consortium = $consortium AND version IN (
            SELECT old.version FROM change_log old
            WHERE old.consortium = $consortium AND old.commit_time < $horizon AND EXISTS (
                SELECT 1 FROM change_log newer
                WHERE newer.consortium = old.consortium AND newer.kind = old.kind AND newer.entity_id = old.entity_id
                    AND newer.version > old.version AND newer.commit_time < $horizon)
            ORDER BY old.version LIMIT $limit)
        """;

    private const string Raise = """
        UPDATE register SET floor_time = max(floor_time, $horizon), log_floor = max(log_floor, coalesce(
            (SELECT max(version) FROM change_log WHERE consortium = $consortium AND commit_time < $horizon), 0))
        WHERE consortium = $consortium RETURNING log_floor, floor_time
        """;

    /// <summary>Forgets what is too old now.</summary>
    public async Task PruneAsync()
    {
        var horizon = (core.Now() - ChangeLog.KeptFor).ToUnixTimeMilliseconds();
        var raised = await core.Lane.WriteAsync(scope => Floor(scope, horizon)).ConfigureAwait(false);
        core.Log.RaiseFloor(raised.Value.Version, raised.Value.Time);
        var (deleted, total) = (0, 0);
        do
        {
            deleted = (await core.Lane.WriteAsync(scope => Prune(scope, horizon)).ConfigureAwait(false)).Value;
            total += deleted;
        }
        while (deleted == SliceRows);
        log.ChangesForgotten(total, ChangeLog.KeptFor.TotalDays);
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, core.Time);
        do
        {
            await PruneAsync().ConfigureAwait(false);
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    private static (long Version, Instant Time) Floor(WriteScope scope, long horizon)
    {
        using var command = scope.Command(Raise, ("$consortium", scope.Consortium), ("$horizon", horizon));
        using var reader = command.ExecuteReader();
        reader.Read();
        return (reader.GetInt64(0), Instant.FromUnixTimeMilliseconds(reader.GetInt64(1)));
    }

    private static int Prune(WriteScope scope, long horizon)
    {
        using var command = scope.Command(Delete, ("$consortium", scope.Consortium), ("$horizon", horizon), ("$limit", SliceRows));
        return command.ExecuteNonQuery();
    }
}
