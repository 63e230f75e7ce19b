using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;
using KioskLink.Register.Statistics;
using KioskLink.Register.Store;

namespace KioskLink.Register.Disclosures;

/// <summary>Disclosures (R44, R46-R55): files made on call of a role that may, each recorded and shown to whom it was about.</summary>
internal sealed class DisclosureService(
    RegisterCore core, CollectionRun collection, InvoiceExport invoices, AddressQuery query, AddressAnswer answer, PermittedDisclosure permitted,
    StatisticsDesk statistics, StatisticsHandout handout, DisclosurePages pages, RestrictedClaimPages claims) : Protos.Register.V1.DisclosureService.DisclosureServiceBase
{
    /// <inheritdoc/>
    public override async Task<RunCollectionResponse> RunCollection(RunCollectionRequest request, ServerCallContext context)
    {
        var run = await collection.RunAsync(context.Caller().Name, context.CancellationToken);
        Note(context, run.Rows);
        var response = new RunCollectionResponse { Week = collection.Week(), AlreadyRun = run.AlreadyRun, HeldPersons = run.Held };
        response.Disclosures.AddRange(run.Rows.Select(DisclosurePages.Show));
        return response;
    }

    /// <inheritdoc/>
    public override async Task<ExportInvoicesResponse> ExportInvoices(ExportInvoicesRequest request, ServerCallContext context)
    {
        var run = await invoices.RunAsync(request.Kind, context.Caller().Name, context.CancellationToken);
        Note(context, run.Rows);
        return new ExportInvoicesResponse { Disclosure = run.Rows.Select(DisclosurePages.Show).FirstOrDefault(), AlreadyRun = run.AlreadyRun, HeldPersons = run.Held };
    }

    /// <inheritdoc/>
    public override async Task<ExportAddressQueryResponse> ExportAddressQuery(ExportAddressQueryRequest request, ServerCallContext context)
    {
        var (row, held) = await query.RunAsync(context.Caller().Name, context.CancellationToken);
        if (row is null)
        {
            return new ExportAddressQueryResponse { HeldPersons = held };
        }

        Note(context, [row]);
        return new ExportAddressQueryResponse { Disclosure = DisclosurePages.Show(row), HeldPersons = held };
    }

    /// <inheritdoc/>
    public override async Task<ImportAddressAnswerResponse> ImportAddressAnswer(ImportAddressAnswerRequest request, ServerCallContext context)
    {
        var (response, subjects) = await answer.RunAsync(request, context.Caller().Name, context.CancellationToken);
        context.Audit().About(subjects).Fields("contact");
        return response;
    }

    /// <inheritdoc/>
    public override Task<GetStatisticsResponse> GetStatistics(GetStatisticsRequest request, ServerCallContext context) =>
        Task.FromResult(statistics.Of(StatisticsDesk.DaysOf(request.From, request.To, request.Part), request.Part));

    /// <inheritdoc/>
    public override async Task<DiscloseStatisticsResponse> DiscloseStatistics(DiscloseStatisticsRequest request, ServerCallContext context)
    {
        var (row, file) = await handout.RunAsync(request, context.Caller().Name, context.CancellationToken);
        context.Audit().Fields("statistics");
        return new DiscloseStatisticsResponse { Disclosure = DisclosurePages.Show(row), File = ByteString.CopyFrom(file) };
    }

    /// <inheritdoc/>
    public override async Task<DisclosePatronResponse> DisclosePatron(DisclosePatronRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        Field.Required(request.Recipient, "recipient");
        Field.Required(request.Reason, "reason");
        var row = await permitted.RunAsync(request, context.Caller(), context.CancellationToken);
        Note(context, [row]);
        return new DisclosePatronResponse { Disclosure = DisclosurePages.Show(row) };
    }

    /// <inheritdoc/>
    public override async Task<SetDisclosurePermissionResponse> SetDisclosurePermission(SetDisclosurePermissionRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        Field.Required(request.Recipient, "recipient");
        Field.Required(request.Channel, "channel", Field.IdMax);
        var by = context.Caller().Name;
        var set = await core.Lane.WriteAsync(
            scope => PermittedDisclosure.Set(scope, request, by), done => context.Audit().About(done.PatronId).Fields("disclosures"), context.CancellationToken);
        return new SetDisclosurePermissionResponse { Changed = set.Value.Changed };
    }

    /// <inheritdoc/>
    public override Task<ListRestrictedClaimsResponse> ListRestrictedClaims(ListRestrictedClaimsRequest request, ServerCallContext context)
    {
        var (response, patrons) = claims.List(request);
        context.Audit().About(patrons).Fields("claims");
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override async Task<DecideRestrictedClaimResponse> DecideRestrictedClaim(DecideRestrictedClaimRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        Field.Required(request.Reason, "reason");
        var by = context.Caller().Name;
        var decided = await core.Lane.WriteAsync(
            scope => ClaimDecisions.Decide(scope, request, by), done => context.Audit().About(done.PatronId).Fields("claims"), context.CancellationToken);
        return new DecideRestrictedClaimResponse { Changed = decided.Value.Changed };
    }

    /// <inheritdoc/>
    public override Task<ListDisclosuresResponse> ListDisclosures(ListDisclosuresRequest request, ServerCallContext context) =>
        Task.FromResult(pages.List(request));

    /// <inheritdoc/>
    public override Task<ListDisclosuresOfResponse> ListDisclosuresOf(ListDisclosuresOfRequest request, ServerCallContext context)
    {
        Field.Required(request.CustomerId, "customer_id", Field.IdMax);
        var (response, patron) = pages.ListOf(request, context.Caller());
        context.Audit().About(patron).Fields("disclosures");
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<ListProcessorsResponse> ListProcessors(ListProcessorsRequest request, ServerCallContext context)
    {
        var response = new ListProcessorsResponse { NonEuTransfersAllowed = core.Profile.NonEuTransfersAllowed };
        response.Processors.AddRange(core.Profile.Processors.Select(processor => new Processor
        {
            Name = processor.Name,
            Task = processor.Task,
            Contract = processor.Contract,
            Country = processor.Country,
            OutsideEea = !DisclosureCheck.IsEea(processor.Country),
        }));
        return Task.FromResult(response);
    }

    /// <inheritdoc/>
    public override Task<ExportRecordOfProcessingResponse> ExportRecordOfProcessing(ExportRecordOfProcessingRequest request, ServerCallContext context) =>
        Task.FromResult(new ExportRecordOfProcessingResponse { Document = RecordOfProcessing.Of(core.Profile) });

    private void Note(ServerCallContext context, IReadOnlyList<DisclosureRow> rows)
    {
        using var db = core.Store.Read();
        var numbers = rows.Select(row => row.DisclosureNumber).ToList();
        var subjects = db.Set<DisclosureSubjectRow>()
            .Where(subject => numbers.Contains(subject.DisclosureNumber))
            .Select(subject => subject.PatronId)
            .Take(AuditEntry.SubjectsMax)
            .ToList();
        context.Audit().About(subjects).Fields("disclosures");
    }
}
