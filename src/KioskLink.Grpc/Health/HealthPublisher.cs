using Grpc.HealthCheck;
using Microsoft.Extensions.Diagnostics.HealthChecks;
using static Grpc.Health.V1.HealthCheckResponse.Types;

namespace Grpc.AspNetCore.HealthChecks;

/// <summary>Carries the result of the application's health checks to the health service, as the status of the server as a whole.</summary>
internal sealed class HealthPublisher(HealthServiceImpl health) : IHealthCheckPublisher
{
    public Task PublishAsync(HealthReport report, CancellationToken cancellationToken)
    {
        if (report.Entries.Count > 0)
            health.SetStatus("", report.Status == HealthStatus.Unhealthy ? ServingStatus.NotServing : ServingStatus.Serving);
        return Task.CompletedTask;
    }
}
