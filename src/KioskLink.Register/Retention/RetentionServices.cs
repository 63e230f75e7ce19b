using KioskLink.Register.Jobs;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;

namespace KioskLink.Register.Retention;

/// <summary>Puts the room of retention together; other rooms add the rules of their data as <see cref="IRetentionRule"/>.</summary>
internal static class RetentionServices
{
    /// <summary>Adds engine, rules and the jobs of those that run by the clock.</summary>
    public static IServiceCollection AddRetention(this IServiceCollection services, ConsortiumProfile profile)
    {
        services.AddSingleton<RetentionEngine>();
        services.AddSingleton<IRetentionRule, InactivePatronsRule>().AddSingleton<IRetentionRule, DoorLogRule>();
        services.AddSingleton<IRetentionRule, AccessLogRule>().AddOldRows(RetentionRules.Requests, OldRows.Requests);
        services.AddOldRows(RetentionRules.Messages, OldRows.Messages).AddOldRows(RetentionRules.EndedMatters, OldRows.EndedMatters);
        services.AddOldRows(RetentionRules.SettledDebts, OldRows.SettledDebts);
        foreach (var entry in profile.Retention.Where(entry => entry.When is RetentionMode.Daily or RetentionMode.Yearly))
        {
            services.AddSingleton<IJob>(provider => new RetentionJob(provider.GetRequiredService<RetentionEngine>(), entry));
        }

        return services;
    }

    /// <summary>Adds the rule of tables whose rows go by their age alone.</summary>
    public static IServiceCollection AddOldRows(this IServiceCollection services, string rule, params IReadOnlyList<OldRows> tables) =>
        services.AddSingleton<IRetentionRule>(provider => new OldRowsRule(provider.GetRequiredService<RegisterCore>().Store.Consortium, rule, tables));

    /// <summary>Offers the service.</summary>
    public static void MapRetention(this IEndpointRouteBuilder app) => app.MapGrpcService<RetentionService>();
}
