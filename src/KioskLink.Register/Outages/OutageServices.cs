namespace KioskLink.Register.Outages;

/// <summary>Puts the room of outages and suspensions together.</summary>
internal static class OutageServices
{
    /// <summary>Adds the room.</summary>
    public static IServiceCollection AddOutages(this IServiceCollection services) =>
        services.AddSingleton<OutageBook>().AddSingleton<OutageDesk>().AddSingleton<OutagePages>().AddSingleton<SuspensionDesk>();

    /// <summary>Offers the service.</summary>
    public static void MapOutages(this IEndpointRouteBuilder app) => app.MapGrpcService<OutageService>();
}
