using Grpc.Core;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Node.SecondRole;

/// <summary>SecondRoleService: a second person beside the technician, on a Unix socket of its own.</summary>
internal sealed class SecondRoleApi(ApprovalCalls calls) : SecondRoleService.SecondRoleServiceBase
{
    /// <inheritdoc/>
    public override Task<ListRequestsResponse> ListRequests(ListRequestsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListRequestsResponse { Approvals = { calls.List() } });

    /// <inheritdoc/>
    public override Task<AnswerRequestResponse> AnswerRequest(AnswerRequestRequest request, ServerCallContext context) => calls.AnswerAsync(request, context);
}
