using Grpc.Core;
using KioskLink.Node.Diagnostics.Doctor;
using KioskLink.Node.Hosting;
using KioskLink.Node.Journal;
using KioskLink.Node.SecondRole;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>DiagnosticsService: how the node is, on its Unix socket.</summary>
internal sealed class TechnicianService(
    NodeParts parts, StatusDesk status, DeviceDesk devices, DeviceCalls calls, RelayTest relays, TechnicianLog log, DoctorCalls doctor, ApprovalCalls approvals, VirtualCard card, IHostApplicationLifetime lifetime)
    : DiagnosticsService.DiagnosticsServiceBase
{
    private const int ReadBatch = 256;

    /// <inheritdoc/>
    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context) => Task.FromResult(status.Look());

    /// <inheritdoc/>
    public override Task WatchJournal(WatchJournalRequest request, IServerStreamWriter<WatchJournalResponse> responseStream, ServerCallContext context) =>
        WatchAsync(context, ending => SendJournalAsync(request, responseStream, ending));

    /// <inheritdoc/>
    public override Task<VerifyJournalResponse> VerifyJournal(VerifyJournalRequest request, ServerCallContext context)
    {
        var journal = parts.Journal;
        var verdict = journal.Verify();
        return Task.FromResult(new VerifyJournalResponse
        {
            Intact = verdict.IsWhole,
            JournalId = journal.Id,
            FirstSequence = journal.FirstSequence,
            LastSequence = journal.LastSequence,
            BrokenAt = verdict.BrokenSequence ?? 0,
            Problem = verdict.Problem,
        });
    }

    /// <inheritdoc/>
    public override Task WatchSteps(WatchStepsRequest request, IServerStreamWriter<WatchStepsResponse> responseStream, ServerCallContext context) =>
        WatchAsync(context, async ending =>
        {
            await foreach (var step in parts.Steps.WatchAsync(ending))
                await responseStream.WriteAsync(step, ending);
        });

    /// <inheritdoc/>
    public override Task<ListDevicesResponse> ListDevices(ListDevicesRequest request, ServerCallContext context) => Task.FromResult(devices.List());

    /// <inheritdoc/>
    public override Task<ProbeDeviceResponse> ProbeDevice(ProbeDeviceRequest request, ServerCallContext context) => calls.ProbeAsync(request, log.UserOf(context));

    /// <inheritdoc/>
    public override Task SearchDevices(SearchDevicesRequest request, IServerStreamWriter<SearchDevicesResponse> responseStream, ServerCallContext context) =>
        WatchAsync(context, ending => calls.SearchAsync(request, responseStream, log.UserOf(context), ending));

    /// <inheritdoc/>
    public override Task WatchTrace(WatchTraceRequest request, IServerStreamWriter<WatchTraceResponse> responseStream, ServerCallContext context) =>
        WatchAsync(context, ending => calls.TraceAsync(request, responseStream, log.UserOf(context), ending));

    /// <inheritdoc/>
    public override Task TestReader(TestReaderRequest request, IServerStreamWriter<TestReaderResponse> responseStream, ServerCallContext context) =>
        WatchAsync(context, ending => calls.TestReaderAsync(request, responseStream, log.UserOf(context), ending));

    /// <inheritdoc/>
    public override Task<TestRelayResponse> TestRelay(TestRelayRequest request, ServerCallContext context) => relays.RunAsync(request, log.UserOf(context));

    /// <inheritdoc/>
    public override Task TestReplug(TestReplugRequest request, IServerStreamWriter<TestReplugResponse> responseStream, ServerCallContext context) =>
        WatchAsync(context, ending => calls.TestReplugAsync(request, responseStream, log.UserOf(context), ending));

    /// <inheritdoc/>
    public override Task<RotateKeyResponse> RotateKey(RotateKeyRequest request, ServerCallContext context) => calls.RotateAsync(request, log.UserOf(context));

    /// <inheritdoc/>
    public override Task SendFile(
        IAsyncStreamReader<SendFileRequest> requestStream, IServerStreamWriter<SendFileResponse> responseStream, ServerCallContext context) =>
        WatchAsync(context, ending => calls.SendFileAsync(requestStream, responseStream, log.UserOf(context), ending));

    /// <inheritdoc/>
    public override Task RunDoctor(RunDoctorRequest request, IServerStreamWriter<RunDoctorResponse> responseStream, ServerCallContext context) =>
        WatchAsync(context, ending => doctor.RunAsync(request, responseStream, log.UserOf(context), ending));

    /// <inheritdoc/>
    public override Task<AskApprovalResponse> AskApproval(AskApprovalRequest request, ServerCallContext context) => approvals.AskAsync(request, context);

    /// <inheritdoc/>
    public override Task<ListApprovalsResponse> ListApprovals(ListApprovalsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListApprovalsResponse { Approvals = { approvals.List() } });

    /// <inheritdoc/>
    public override Task<TryCardResponse> TryCard(TryCardRequest request, ServerCallContext context) => card.RunAsync(request, context);

    private async Task SendJournalAsync(WatchJournalRequest request, IServerStreamWriter<WatchJournalResponse> responseStream, CancellationToken ending)
    {
        var journalId = parts.Journal.Id;
        var next = request.FromSequence > 0 ? request.FromSequence : parts.Journal.LastSequence + 1;
        while (true)
        {
            // Another journal begun meanwhile is watched from its first record.
            if (!request.StopAtEnd && !await parts.Journal.WaitBeyondAsync(journalId, next - 1, ending))
                (journalId, next) = (parts.Journal.Id, 1);
            var records = parts.Journal.Read(next, ReadBatch);
            if (records.Count == 0 && request.StopAtEnd)
                return;
            foreach (var record in records)
                await responseStream.WriteAsync(ToProto(record), ending);
            next = records.Count == 0 ? next : records[^1].Sequence + 1;
        }
    }

    // A watch has no end of its own: without this one a node that stops would wait for everybody who looks on.
    private async Task WatchAsync(ServerCallContext context, Func<CancellationToken, Task> watch)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping);
        try
        {
            await watch(ending.Token);
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            throw new RpcException(new Status(StatusCode.Unavailable, "The node is stopping: watch again when it is back."));
        }
    }

    private static WatchJournalResponse ToProto(JournalRecord record) => new()
    {
        Sequence = record.Sequence,
        Open = SealedRecord.Open(record),
        Hash = record.Hash,
    };
}
