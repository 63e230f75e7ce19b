namespace KioskLink.Register.Audit;

/// <summary>Adds the audit log to the register.</summary>
internal static class AuditServices
{
    /// <summary>Adds the log, its interceptor and what reads it.</summary>
    public static IServiceCollection AddAudit(this IServiceCollection services) => services
        .AddSingleton<AuditAnchor>()
        .AddSingleton<AuditLog>()
        .AddSingleton<DenialBudget>()
        .AddSingleton<AuditInterceptor>()
        .AddSingleton<AuditVerifier>()
        .AddSingleton<AuditPages>();

    /// <summary>Offers the service.</summary>
    public static void MapAudit(this IEndpointRouteBuilder app) => app.MapGrpcService<AuditService>();
}
