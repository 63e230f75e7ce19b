using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Audit;

/// <summary>Reads the audit log of a running register, as a data-protection officer does.</summary>
internal static class AuditedCalls
{
    public static async Task<IReadOnlyList<AuditEvent>> EventsAsync(this RunningRegister register, Action<ListEventsRequest>? choose = null)
    {
        var request = new ListEventsRequest { PageSize = 1000 };
        choose?.Invoke(request);
        return [.. (await new AuditService.AuditServiceClient(register.Admin).ListEventsAsync(request)).Events];
    }

    public static Task<IReadOnlyList<AuditEvent>> EventsAsync(this RunningRegister register, string action) =>
        register.EventsAsync(request => request.Action = action);

    public static Metadata For(string purpose) => new() { { CallPurpose.Metadata, purpose } };
}
