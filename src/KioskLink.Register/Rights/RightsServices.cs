using KioskLink.Register.Hosting;
using KioskLink.Register.Jobs;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using NodaTime;

namespace KioskLink.Register.Rights;

/// <summary>Puts the room of data subjects' rights together.</summary>
internal static class RightsServices
{
    /// <summary>Adds requests, exports, corrections and erasures.</summary>
    public static IServiceCollection AddRights(this IServiceCollection services)
    {
        services.AddSingleton<OverdueAlarm>().AddSingleton<RequestBook>().AddSingleton<Rectifications>().AddSingleton<SubjectExport>().AddSingleton<NodeHoldings>();
        services.AddSingleton<RestrictionInterceptor>().AddSingleton<ErasureDesk>().AddSingleton<ErasureGround>().AddSingleton<Certificates>();
        services.AddSingleton<ISubjectStore, RightsSubjects>().AddSingleton(RightsSubjects.Hold);
        services.AddSingleton<IJob, ErasureSweepJob>().AddSingleton<IJob, OverdueJob>();
        return services;
    }

    /// <summary>Offers the service.</summary>
    public static void MapRights(this IEndpointRouteBuilder app) => app.MapGrpcService<DataSubjectService>();
}

/// <summary>Each hour: what nodes have confirmed to be forgotten is forgotten here too, and the log of writes is emptied.</summary>
internal sealed class ErasureSweepJob(SubjectErasure erasure) : IJob
{
    /// <inheritdoc/>
    public string Name => "erasure-sweep";

    /// <inheritdoc/>
    public JobSchedule When => JobSchedule.Every(Duration.FromHours(1));

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobCall call, CancellationToken stop) =>
        await erasure.SweepAsync() ? "the log of writes is empty" : "a long reading kept the log of writes, or the disk refused files; the next sweep tries again";
}

/// <summary>Each morning: raises an alarm where requests are overdue, and says in the log how many.</summary>
internal sealed class OverdueJob(RegisterCore core, OverdueAlarm alarm, ILogger<OverdueJob> log) : IJob
{
    /// <inheritdoc/>
    public string Name => "requests-overdue";

    /// <inheritdoc/>
    public JobSchedule When => JobSchedule.Daily(new LocalTime(7, 0));

    /// <inheritdoc/>
    public async Task<string> RunAsync(JobCall call, CancellationToken stop)
    {
        var overdue = (await core.Lane.WriteAsync(scope => alarm.Look(scope), stop)).Value;
        if (overdue > 0)
        {
            log.RequestsOverdue(overdue);
        }

        return $"overdue: {overdue}";
    }
}
