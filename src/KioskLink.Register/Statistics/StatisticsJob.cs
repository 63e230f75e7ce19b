using KioskLink.Register.Jobs;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Statistics;

/// <summary>Counts each night what weeks and months have ended, before the door log is cleaned (R53, R63).</summary>
internal sealed class StatisticsJob(RegisterCore core, VisitorWeeks weeks, PatronMonths months) : IJob
{
    /// <inheritdoc/>
    public string Name => "statistics";

    /// <inheritdoc/>
    public JobSchedule When { get; } = JobSchedule.Daily(new LocalTime(3, 10));

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobCall call, CancellationToken stop)
    {
        var counted = await core.Lane.WriteAsync(weeks.Count, stop);
        var month = await core.Lane.WriteAsync(months.Count, stop);
        return $"weeks counted: {counted.Value}, months counted: {(month.Value ? 1 : 0)}";
    }
}
