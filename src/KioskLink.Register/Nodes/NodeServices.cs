using KioskLink.Register.Commands;
using KioskLink.Register.Events;
using KioskLink.Register.Sync;

namespace KioskLink.Register.Nodes;

/// <summary>Puts the rooms about nodes together: identities, sync, events and commands.</summary>
internal static class NodeServices
{
    /// <summary>Adds the rooms; the rooms about patrons and facts are there already.</summary>
    public static IServiceCollection AddNodes(this IServiceCollection services)
    {
        services.AddSingleton<NodeDirectory>().AddSingleton<NodeCertificates>().AddSingleton<EnrollmentTokens>().AddSingleton<Enrollment>();
        services.AddSingleton<NodeAlarms>().AddSingleton<NodeSessions>().AddSingleton<NodeConfirmations>().AddSingleton<NodeReports>();
        services.AddSingleton<NodeList>().AddSingleton<NodeRevocation>();
        services.AddSingleton<NodeViews>().AddSingleton<SnapshotGate>().AddSingleton<EntitlementSync>().AddSingleton<LogPulse>().AddSingleton<VisitSweep>();
        services.AddHostedService(provider => provider.GetRequiredService<LogPulse>());
        services.AddHostedService(provider => provider.GetRequiredService<VisitSweep>());
        services.AddSingleton<JournalHeads>().AddSingleton<OfflineJudge>().AddSingleton<RecordReading>().AddSingleton<LateDating>().AddSingleton<EventIntake>();
        services.AddSingleton<DoorCommands>().AddSingleton<Bans.BanReach>().AddSingleton<Bans.Enforcement>();
        services.AddSingleton<Bans.BanChecks>().AddSingleton<Jobs.IJob>(provider => provider.GetRequiredService<Bans.BanChecks>());
        return services;
    }

    /// <summary>Offers the service of nodes; what was revoked is known before the first call.</summary>
    public static void MapNodes(this IEndpointRouteBuilder app)
    {
        app.ServiceProvider.GetRequiredService<NodeDirectory>();
        app.MapGrpcService<NodeService>();
    }
}
