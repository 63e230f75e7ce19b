using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.FakeRegister;

internal sealed class FakeApplicationService(Script script) : ApplicationService.ApplicationServiceBase
{
    public override Task<SubmitApplicationResponse> SubmitApplication(SubmitApplicationRequest request, ServerCallContext context) =>
        script.Answer<SubmitApplicationResponse>(request);

    public override Task<ListApplicationsResponse> ListApplications(ListApplicationsRequest request, ServerCallContext context) =>
        script.Answer<ListApplicationsResponse>(request);

    public override Task<GetApplicationResponse> GetApplication(GetApplicationRequest request, ServerCallContext context) =>
        script.Answer<GetApplicationResponse>(request);

    public override Task<ProcessApplicationsResponse> ProcessApplications(ProcessApplicationsRequest request, ServerCallContext context) =>
        script.Answer<ProcessApplicationsResponse>(request);

    public override Task<DecideApplicationResponse> DecideApplication(DecideApplicationRequest request, ServerCallContext context) =>
        script.Answer<DecideApplicationResponse>(request);

    public override Task<RejectApplicationResponse> RejectApplication(RejectApplicationRequest request, ServerCallContext context) =>
        script.Answer<RejectApplicationResponse>(request);
}
