using KioskLink.Register.Jobs;

namespace KioskLink.Register.Statistics;

/// <summary>Puts the room of statistics together.</summary>
internal static class StatisticsServices
{
    /// <summary>Adds its parts and its job.</summary>
    public static IServiceCollection AddStatistics(this IServiceCollection services) => services
        .AddSingleton<VisitHours>().AddSingleton<PatronCounts>().AddSingleton<VisitorWeeks>().AddSingleton<PatronMonths>()
        .AddSingleton<StatisticsDesk>().AddSingleton<IJob, StatisticsJob>();
}
