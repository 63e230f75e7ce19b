using KioskLink.Register.Hosting;
using KioskLink.Register.Store;

namespace KioskLink.Register.Jobs;

/// <summary>Looks each minute which jobs are due, while the register lives.</summary>
internal sealed class JobClock(RegisterCore core, JobRunner runner, JobLease lease, ILogger<JobClock> log) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromMinutes(1);

    /// <inheritdoc/>
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        try
        {
            await lease.ReleaseAsync();
        }
        catch (StoreProblem problem)
        {
            log.JobLeaseKept(problem.Message);
        }
    }

    /// <inheritdoc/>
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, core.Time);
        do
        {
            try
            {
                await runner.RunDueAsync(stoppingToken);
            }
            catch (StoreProblem problem)
            {
                log.JobsNotRun(problem.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
