using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Commands;
using KioskLink.Register.Events;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Sync;

namespace KioskLink.Register.Nodes;

/// <summary>The service of nodes; each call goes to the room that owns it.</summary>
internal sealed class NodeService(
    EnrollmentTokens tokens,
    Enrollment enrollment,
    NodeCertificates certificates,
    NodeList list,
    NodeRevocation revocation,
    NodeReports reports,
    EntitlementSync sync,
    EventIntake events,
    DoorCommands commands) : Protos.Register.V1.NodeService.NodeServiceBase
{
    /// <inheritdoc/>
    public override Task<CreateEnrollmentResponse> CreateEnrollment(CreateEnrollmentRequest request, ServerCallContext context) =>
        tokens.CreateAsync(request, context.Caller());

    /// <inheritdoc/>
    public override Task<EnrollNodeResponse> EnrollNode(EnrollNodeRequest request, ServerCallContext context) =>
        enrollment.EnrollAsync(request);

    /// <inheritdoc/>
    public override Task<RenewCertificateResponse> RenewCertificate(RenewCertificateRequest request, ServerCallContext context) =>
        certificates.RenewAsync(request, context.Caller());

    /// <inheritdoc/>
    public override Task SyncEntitlements(
        IAsyncStreamReader<SyncEntitlementsRequest> requestStream, IServerStreamWriter<SyncEntitlementsResponse> responseStream, ServerCallContext context) =>
        sync.ServeAsync(requestStream, responseStream, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task PublishEvents(
        IAsyncStreamReader<PublishEventsRequest> requestStream, IServerStreamWriter<PublishEventsResponse> responseStream, ServerCallContext context) =>
        events.ServeAsync(requestStream, responseStream, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task ReceiveCommands(
        ReceiveCommandsRequest request, IServerStreamWriter<ReceiveCommandsResponse> responseStream, ServerCallContext context) =>
        commands.ServeAsync(responseStream, context.Caller(), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ReportStatusResponse> ReportStatus(ReportStatusRequest request, ServerCallContext context)
    {
        var nodeId = context.Caller().Name;
        if (request.Entitlements < 0 || request.JournalSequence < 0)
            throw Field.Wrong(request.Entitlements < 0 ? "entitlements" : "journal_sequence", "is negative: a node counts from 0");
        var isWanted = request.CommandId.Length == 0 || commands.Answer(nodeId, request);
        reports.Note(nodeId, request);
        return Task.FromResult(new ReportStatusResponse { Unwanted = !isWanted });
    }

    /// <inheritdoc/>
    public override Task<ListNodesResponse> ListNodes(ListNodesRequest request, ServerCallContext context) =>
        Task.FromResult(list.Page(request));

    /// <inheritdoc/>
    public override async Task<DiagnoseNodeResponse> DiagnoseNode(DiagnoseNodeRequest request, ServerCallContext context)
    {
        var reason = Field.Required(request.Reason, "reason");
        RequireNode(request.NodeId);
        return new DiagnoseNodeResponse { Diagnosis = await commands.DiagnoseAsync(request.NodeId, reason, context.Caller(), context.CancellationToken) };
    }

    /// <inheritdoc/>
    public override async Task WorkOnDevice(WorkOnDeviceRequest request, IServerStreamWriter<WorkOnDeviceResponse> responseStream, ServerCallContext context)
    {
        var reason = Field.Required(request.Reason, "reason");
        DeviceActs.Check(request.Act);
        RequireNode(request.NodeId);
        await foreach (var report in commands.WorkAsync(request.NodeId, request.Act, reason, context.Caller(), context.CancellationToken))
            await responseStream.WriteAsync(new WorkOnDeviceResponse { Report = report }, context.CancellationToken);
    }

    /// <inheritdoc/>
    public override Task<RevokeNodeResponse> RevokeNode(RevokeNodeRequest request, ServerCallContext context) =>
        revocation.RevokeAsync(request);

    private void RequireNode(string nodeId)
    {
        if (!list.Knows(Field.Required(nodeId, "node_id")))
            throw Refused.With(StatusCode.NotFound, "NODE_UNKNOWN", $"There is no node '{nodeId}'; `kiosklink node list` shows them.");
    }
}
