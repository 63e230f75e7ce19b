using KioskLink.Register.Jobs;
using KioskLink.Register.Profiles;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>A rule that runs by the clock: each night, or once a year and never between (R57).</summary>
internal sealed class RetentionJob(RetentionEngine engine, RetentionProfile entry) : IJob
{
    private static readonly LocalTime AtNight = new(3, 30);

    /// <inheritdoc/>
    public string Name => $"retention-{entry.Rule}";

    /// <inheritdoc/>
    public JobSchedule When => entry.Day is { } day ? JobSchedule.Yearly(day, AtNight) : JobSchedule.Daily(AtNight);

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobCall call, CancellationToken stop)
    {
        if (entry.When == RetentionMode.Yearly && call.Due is null)
        {
            return "nothing was removed: this rule runs once a year and never between";
        }

        var term = engine.Term(entry.Rule);
        var run = await engine.RunAsync(term, await engine.PlanAsync(term, call.By), call.By, stop);
        return string.Join(", ", RetentionEvidence.Read(run.Counts).Select(count => $"{count.What}: {count.Number}"));
    }
}
