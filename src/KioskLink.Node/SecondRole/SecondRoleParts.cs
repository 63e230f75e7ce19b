using KioskLink.Node.Diagnostics;
using KioskLink.Node.Hosting;

namespace KioskLink.Node.SecondRole;

/// <summary>Puts the room of the second person together.</summary>
internal static class SecondRoleParts
{
    /// <summary>Adds it to the node's listeners.</summary>
    public static IServiceCollection AddSecondRole(this IServiceCollection services, NodeParts parts, ApprovalDesk desk)
    {
        services.AddSingleton(desk).AddSingleton(parts.Config).AddSingleton<ApprovalCalls>().AddSingleton<VirtualCard>().AddSingleton<SecondRoleApi>();
        services.AddSingleton(provider => new UnmaskedFiles(
            Path.Combine(parts.Config.Data, "traces"), provider.GetRequiredService<TraceWatch>(), desk, open => parts.Journal.AppendAsync(open), parts.Time));
        return services.AddHostedService(provider => provider.GetRequiredService<UnmaskedFiles>());
    }
}
