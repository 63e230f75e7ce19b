using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using GetLoanStatusRequest = KioskLink.Protos.Register.V1.GetLoanStatusRequest;
using GetLoanStatusResponse = KioskLink.Protos.Register.V1.GetLoanStatusResponse;

namespace KioskLink.Cli.FakeRegister;

internal sealed class FakeAccessService(Script script) : AccessService.AccessServiceBase
{
    public override Task<ExplainAccessResponse> ExplainAccess(ExplainAccessRequest request, ServerCallContext context) =>
        script.Answer<ExplainAccessResponse>(request);
}

internal sealed class FakeAuditService(Script script) : AuditService.AuditServiceBase
{
    public override Task<VerifyResponse> Verify(VerifyRequest request, ServerCallContext context) => script.Answer<VerifyResponse>(request);

    public override Task<ListEventsResponse> ListEvents(ListEventsRequest request, ServerCallContext context) => script.Answer<ListEventsResponse>(request);
}

internal sealed class FakeBanService(Script script) : BanService.BanServiceBase
{
    public override Task<AddBanResponse> AddBan(AddBanRequest request, ServerCallContext context) => script.Answer<AddBanResponse>(request);

    public override Task<LiftBanResponse> LiftBan(LiftBanRequest request, ServerCallContext context) => script.Answer<LiftBanResponse>(request);

    public override Task<ListBansResponse> ListBans(ListBansRequest request, ServerCallContext context) => script.Answer<ListBansResponse>(request);

    public override Task<GetReachResponse> GetReach(GetReachRequest request, ServerCallContext context) => script.Answer<GetReachResponse>(request);

    public override Task<CheckEnforcementResponse> CheckEnforcement(CheckEnforcementRequest request, ServerCallContext context) =>
        script.Answer<CheckEnforcementResponse>(request);
}

internal sealed class FakeOutageService(Script script) : OutageService.OutageServiceBase
{
    public override Task<AddOutageResponse> AddOutage(AddOutageRequest request, ServerCallContext context) => script.Answer<AddOutageResponse>(request);

    public override Task<ChangeOutageResponse> ChangeOutage(ChangeOutageRequest request, ServerCallContext context) => script.Answer<ChangeOutageResponse>(request);

    public override Task<EndOutageResponse> EndOutage(EndOutageRequest request, ServerCallContext context) => script.Answer<EndOutageResponse>(request);

    public override Task<ListOutagesResponse> ListOutages(ListOutagesRequest request, ServerCallContext context) => script.Answer<ListOutagesResponse>(request);

    public override Task<GetServiceStatusResponse> GetServiceStatus(GetServiceStatusRequest request, ServerCallContext context) =>
        script.Answer<GetServiceStatusResponse>(request);
}

internal sealed class FakeLoanService(Script script) : LoanService.LoanServiceBase
{
    public override Task<GetLoanStatusResponse> GetLoanStatus(GetLoanStatusRequest request, ServerCallContext context) =>
        script.Answer<GetLoanStatusResponse>(request);

    public override Task<ListLoansResponse> ListLoans(ListLoansRequest request, ServerCallContext context) => script.Answer<ListLoansResponse>(request);

    public override Task<ImportLoansResponse> ImportLoans(ImportLoansRequest request, ServerCallContext context) => script.Answer<ImportLoansResponse>(request);
}

internal sealed class FakeBranchService(Script script) : BranchService.BranchServiceBase
{
    public override Task<ApplyBranchResponse> ApplyBranch(ApplyBranchRequest request, ServerCallContext context) =>
        script.Answer<ApplyBranchResponse>(request);

    public override Task<SuspendBranchResponse> SuspendBranch(SuspendBranchRequest request, ServerCallContext context) =>
        script.Answer<SuspendBranchResponse>(request);

    public override Task<ResumeBranchResponse> ResumeBranch(ResumeBranchRequest request, ServerCallContext context) =>
        script.Answer<ResumeBranchResponse>(request);

    public override Task<ListSuspensionsResponse> ListSuspensions(ListSuspensionsRequest request, ServerCallContext context) =>
        script.Answer<ListSuspensionsResponse>(request);

    public override Task<GetBranchResponse> GetBranch(GetBranchRequest request, ServerCallContext context) => script.Answer<GetBranchResponse>(request);

    public override Task<CommandDoorResponse> CommandDoor(CommandDoorRequest request, ServerCallContext context) =>
        script.Answer<CommandDoorResponse>(request);
}

internal sealed class FakeConsentService(Script script) : ConsentService.ConsentServiceBase
{
    public override Task<RecordConsentResponse> RecordConsent(RecordConsentRequest request, ServerCallContext context) =>
        script.Answer<RecordConsentResponse>(request);

    public override Task<ListConsentsResponse> ListConsents(ListConsentsRequest request, ServerCallContext context) =>
        script.Answer<ListConsentsResponse>(request);
}

internal sealed class FakePatronNoteService(Script script) : PatronNoteService.PatronNoteServiceBase
{
    public override Task<AddNoteResponse> AddNote(AddNoteRequest request, ServerCallContext context) => script.Answer<AddNoteResponse>(request);

    public override Task<SettleNoteResponse> SettleNote(SettleNoteRequest request, ServerCallContext context) => script.Answer<SettleNoteResponse>(request);

    public override Task<ListNotesResponse> ListNotes(ListNotesRequest request, ServerCallContext context) => script.Answer<ListNotesResponse>(request);

    public override Task<AddMessageResponse> AddMessage(AddMessageRequest request, ServerCallContext context) => script.Answer<AddMessageResponse>(request);

    public override Task<RemoveMessageResponse> RemoveMessage(RemoveMessageRequest request, ServerCallContext context) =>
        script.Answer<RemoveMessageResponse>(request);

    public override Task<ListMessagesResponse> ListMessages(ListMessagesRequest request, ServerCallContext context) =>
        script.Answer<ListMessagesResponse>(request);
}

internal sealed class FakeNodeService(Script script) : NodeService.NodeServiceBase
{
    public override Task<CreateEnrollmentResponse> CreateEnrollment(CreateEnrollmentRequest request, ServerCallContext context) =>
        script.Answer<CreateEnrollmentResponse>(request);

    public override Task<ListNodesResponse> ListNodes(ListNodesRequest request, ServerCallContext context) => script.Answer<ListNodesResponse>(request);

    public override Task<RevokeNodeResponse> RevokeNode(RevokeNodeRequest request, ServerCallContext context) => script.Answer<RevokeNodeResponse>(request);
}

internal sealed class FakePatronService(Script script) : PatronService.PatronServiceBase
{
    public override Task<GetPatronResponse> GetPatron(GetPatronRequest request, ServerCallContext context)
    {
        script.Caller = context.GetHttpContext().Connection.ClientCertificate?.Subject ?? "";
        return script.Answer<GetPatronResponse>(request);
    }

    public override Task<SearchPatronsResponse> SearchPatrons(SearchPatronsRequest request, ServerCallContext context) =>
        script.Answer<SearchPatronsResponse>(request);

    /// <summary>Takes the file as the register does, then plays the answers given for its last piece.</summary>
    public override async Task ImportPatrons(
        IAsyncStreamReader<ImportPatronsRequest> requestStream, IServerStreamWriter<ImportPatronsResponse> responseStream, ServerCallContext context)
    {
        var import = new ImportedFile(null, ByteString.Empty);
        await foreach (var request in requestStream.ReadAllAsync())
        {
            import = request.PartCase == ImportPatronsRequest.PartOneofCase.Start
                ? import with { Start = request.Start }
                : import with { Bytes = ByteString.CopyFrom([.. import.Bytes, .. request.Chunk]) };
            if (import.Start!.Strict)
                break;
        }

        foreach (var response in script.Import(import))
            await responseStream.WriteAsync(response);
    }
}

internal sealed class FakeDiagnosticsService(Script script) : DiagnosticsService.DiagnosticsServiceBase
{
    public override Task<GetStatusResponse> GetStatus(GetStatusRequest request, ServerCallContext context) => script.Answer<GetStatusResponse>(request);

    public override Task<VerifyJournalResponse> VerifyJournal(VerifyJournalRequest request, ServerCallContext context) =>
        script.Answer<VerifyJournalResponse>(request);

    public override async Task WatchJournal(WatchJournalRequest request, IServerStreamWriter<WatchJournalResponse> responseStream, ServerCallContext context)
    {
        foreach (var record in script.Journal(request))
            await responseStream.WriteAsync(record);
    }
}
