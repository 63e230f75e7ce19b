using KioskLink.Register.Jobs;
using NodaTime;

namespace KioskLink.Register.Camera;

/// <summary>The camera register's upkeep by the clock (R61, R62, R70).</summary>
internal sealed class CameraJob(CameraUpkeep upkeep) : IJob
{
    private static readonly Duration Often = Duration.FromMinutes(5);

    /// <inheritdoc/>
    public string Name => "camera-register";

    /// <inheritdoc/>
    public JobSchedule When => JobSchedule.Every(Often);

    /// <inheritdoc/>
    public Task<string> RunAsync(JobCall call, CancellationToken stop) => upkeep.RunAsync(stop);
}
