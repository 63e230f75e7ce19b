using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.FakeRegister;

internal sealed class FakePatronNoticeService(Script script) : PatronNoticeService.PatronNoticeServiceBase
{
    public override Task<RenderPatronNoticeResponse> RenderPatronNotice(RenderPatronNoticeRequest request, ServerCallContext context) =>
        script.Answer<RenderPatronNoticeResponse>(request);

    public override Task<SendPatronNoticeResponse> SendPatronNotice(SendPatronNoticeRequest request, ServerCallContext context) =>
        script.Answer<SendPatronNoticeResponse>(request);

    public override Task<ListPatronNoticesResponse> ListPatronNotices(ListPatronNoticesRequest request, ServerCallContext context) =>
        script.Answer<ListPatronNoticesResponse>(request);
}
