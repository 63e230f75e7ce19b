using KioskLink.Register.Hosting;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>What the clock brings about in alarms while the register lives: what is due is told, nodes are watched, old rows go.</summary>
internal sealed class AlarmClock(RegisterCore core, AlarmDesk desk, AlarmSetup setup, NodeWatch nodes, StandingReports reports, ILogger<AlarmClock> log) : BackgroundService
{
    /// <summary>How often it looks.</summary>
    public static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private const int LooksAnHour = 3600;

    /// <inheritdoc/>
    protected override Task ExecuteAsync(CancellationToken stoppingToken)
    {
        foreach (var (route, branch) in setup.Routes.SelectMany(route => route.Branches.Select(branch => (route.Id, branch))))
        {
            if (core.Index.Branch(branch) is null) log.AlarmRouteWithoutBranch(route, branch);
        }

        return Task.WhenAll(desk.WriteAsync(stoppingToken), LookAsync(stoppingToken));
    }

    private async Task LookAsync(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Interval, core.Time);
        for (var look = 0; await timer.WaitForNextTickAsync(stop); look = (look + 1) % LooksAnHour)
        {
            try
            {
                nodes.LookAtStreams();
                if (look == 0) await LookRarelyAsync();
                await reports.LookAsync();
                await desk.TickAsync();
            }
            catch (StoreProblem problem)
            {
                log.AlarmNotWritten(problem.Message);
            }
        }
    }

    private async Task LookRarelyAsync()
    {
        nodes.LookAtCertificates();
        await core.Lane.WriteAsync(scope =>
        {
            var (alarms, messages) = (Before(scope.Now - AlarmLimits.HistoryKept), Before(scope.Now - AlarmLimits.MessagesKept));
            scope.Db.Set<FaultRow>().Where(row => row.Consortium == scope.Consortium && !row.IsLive && row.ReceivedAt < alarms).ExecuteDelete();
            scope.Db.Set<DeliveryRow>().Where(row => row.Consortium == scope.Consortium && row.DoneAt < messages).ExecuteDelete();
        });

        static long Before(Instant time) => time.ToUnixTimeMilliseconds();
    }
}
