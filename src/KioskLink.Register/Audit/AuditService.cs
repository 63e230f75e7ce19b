using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;

namespace KioskLink.Register.Audit;

/// <summary>The audit log for data-protection officers: verified and listed (R42, R45).</summary>
internal sealed class AuditService(AuditVerifier verifier, AuditPages pages) : Protos.Register.V1.AuditService.AuditServiceBase
{
    /// <inheritdoc/>
    public override async Task<VerifyResponse> Verify(VerifyRequest request, ServerCallContext context)
    {
        context.Audit().Fields("audit");
        var verdict = await Task.Run(() => verifier.Verify(context.CancellationToken), context.CancellationToken);
        return new VerifyResponse
        {
            Whole = verdict.IsWhole,
            Rows = verdict.Rows,
            FirstSequence = verdict.First,
            LastSequence = verdict.Last,
            BrokenSequence = verdict.Broken?.Sequence ?? 0,
            Problem = verdict.Broken?.Problem ?? "",
            HeadHash = Convert.ToHexStringLower(verdict.Head),
            Decisions = verdict.Decisions,
            DecisionsDeleted = verdict.DecisionsDeleted,
        };
    }

    /// <inheritdoc/>
    public override Task<ListEventsResponse> ListEvents(ListEventsRequest request, ServerCallContext context) =>
        Task.FromResult(pages.List(request, context.Audit().Fields("audit"), context.Caller()));
}
