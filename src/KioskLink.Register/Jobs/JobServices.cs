namespace KioskLink.Register.Jobs;

/// <summary>Puts the room of jobs together; the jobs themselves are added by their rooms as <see cref="IJob"/>.</summary>
internal static class JobServices
{
    /// <summary>Adds runner and clock.</summary>
    public static IServiceCollection AddJobs(this IServiceCollection services) =>
        services.AddSingleton<JobLease>().AddSingleton<JobRunner>().AddHostedService<JobClock>();

    /// <summary>Offers the service.</summary>
    public static void MapJobs(this IEndpointRouteBuilder app) => app.MapGrpcService<JobService>();
}
