using KioskLink.Register.Hosting;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Applications;

/// <summary>Destroys applications whose time is over (R34), whatever became of them. Runs each hour while the register lives, and at start.</summary>
internal sealed class ApplicationPurge(RegisterCore core, ILogger<ApplicationPurge> log) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    /// <summary>Destroys what is too old now; returns how many there were.</summary>
    public async Task<int> PurgeAsync()
    {
        if (core.Profile.Applications is null)
        {
            return 0;
        }

        var gone = (await core.Lane.WriteAsync(Purge).ConfigureAwait(false)).Result;
        if (gone > 0)
        {
            log.ApplicationsDestroyed(gone);
        }

        return gone;
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, core.Time);
        do
        {
            try
            {
                await PurgeAsync().ConfigureAwait(false);
            }
            catch (StoreProblem problem)
            {
                log.ApplicationsNotDestroyed(problem.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken).ConfigureAwait(false));
    }

    // Rows are few enough to look at each: a month's applications of one consortium.
    private int Purge(WriteScope scope)
    {
        var over = scope.Db.Set<ApplicationRow>()
            .Where(row => row.Consortium == scope.Consortium)
            .Select(row => new { row.ApplicationNumber, row.ReceivedAt })
            .AsEnumerable()
            .Where(row => ApplicationClock.OverAt(Instant.FromUnixTimeMilliseconds(row.ReceivedAt), core.Profile) <= scope.Now)
            .Select(row => row.ApplicationNumber)
            .ToList();
        foreach (var slice in over.Chunk(500))
        {
            scope.Db.Set<ApplicationRow>().Where(row => slice.Contains(row.ApplicationNumber)).ExecuteDelete();
        }

        return over.Count;
    }
}
