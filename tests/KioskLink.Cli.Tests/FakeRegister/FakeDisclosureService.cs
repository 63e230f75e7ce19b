using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.FakeRegister;

internal sealed class FakeDisclosureService(Script script) : DisclosureService.DisclosureServiceBase
{
    public override Task<RunCollectionResponse> RunCollection(RunCollectionRequest request, ServerCallContext context) => script.Answer<RunCollectionResponse>(request);

    public override Task<ExportInvoicesResponse> ExportInvoices(ExportInvoicesRequest request, ServerCallContext context) =>
        script.Answer<ExportInvoicesResponse>(request);

    public override Task<ImportAddressAnswerResponse> ImportAddressAnswer(ImportAddressAnswerRequest request, ServerCallContext context) =>
        script.Answer<ImportAddressAnswerResponse>(request);

    public override Task<GetStatisticsResponse> GetStatistics(GetStatisticsRequest request, ServerCallContext context) => script.Answer<GetStatisticsResponse>(request);

    public override Task<DisclosePatronResponse> DisclosePatron(DisclosePatronRequest request, ServerCallContext context) =>
        script.Answer<DisclosePatronResponse>(request);

    public override Task<ListDisclosuresOfResponse> ListDisclosuresOf(ListDisclosuresOfRequest request, ServerCallContext context) =>
        script.Answer<ListDisclosuresOfResponse>(request);

    public override Task<ExportRecordOfProcessingResponse> ExportRecordOfProcessing(ExportRecordOfProcessingRequest request, ServerCallContext context) =>
        script.Answer<ExportRecordOfProcessingResponse>(request);
}
