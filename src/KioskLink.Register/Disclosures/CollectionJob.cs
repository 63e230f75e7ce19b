using KioskLink.Register.Identity;
using KioskLink.Register.Jobs;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>Makes the collection files each week (R46). A week that the register slept through is caught up within the week.</summary>
internal sealed class CollectionJob(CollectionRun collection) : IJob
{
    /// <summary>The job's name, and the actor of what it makes.</summary>
    public const string JobName = "weekly-collection";

    private static readonly LocalTime AtNight = new(5, 0);

    /// <inheritdoc/>
    public string Name => JobName;

    /// <inheritdoc/>
    public JobSchedule When { get; } = JobSchedule.Weekly(IsoDayOfWeek.Monday, AtNight);

    /// <inheritdoc/>
    public string Purpose => CallPurpose.Collection;

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobCall call, CancellationToken stop)
    {
        var run = await collection.RunAsync(call.By == JobCall.System ? JobName : call.By, stop);
        var held = run.Held == 0 ? "" : $"; claims of {run.Held} people held back for the data-protection officer, since their processing is restricted";
        return run.AlreadyRun
            ? $"{collection.Week()}: the files were made before"
            : $"{collection.Week()}: {run.Rows.Count} files, {run.Rows.Sum(row => row.RecordCount)} items{held}";
    }
}
