using Microsoft.Extensions.DependencyInjection.Extensions;

namespace KioskLink.Register.Alarms;

/// <summary>Puts the room of alarms together.</summary>
internal static class AlarmServices
{
    /// <summary>Adds the room; to whom alarms are sent may be there already.</summary>
    public static IServiceCollection AddAlarms(this IServiceCollection services)
    {
        services.TryAddSingleton(AlarmSetup.None);
        services.AddSingleton<AlarmRouter>().AddSingleton<AlarmBook>().AddSingleton<AlarmDesk>().AddSingleton<AlarmPages>().AddSingleton<GatewayPost>().AddSingleton<SmtpPost>();
        services.AddSingleton<NodeWatch>().AddSingleton<StandingReports>().AddSingleton<AlarmPost>();
        return services.AddHostedService<AlarmClock>().AddHostedService(provider => provider.GetRequiredService<AlarmPost>());
    }

    /// <summary>Offers the service.</summary>
    public static void MapAlarms(this IEndpointRouteBuilder app) => app.MapGrpcService<AlarmService>();
}
