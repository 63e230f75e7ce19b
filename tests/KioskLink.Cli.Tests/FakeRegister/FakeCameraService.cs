using Grpc.Core;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.FakeRegister;

internal sealed class FakeCameraService(Script script) : CameraRegisterService.CameraRegisterServiceBase
{
    public override Task<GrantCameraViewingResponse> GrantCameraViewing(GrantCameraViewingRequest request, ServerCallContext context) =>
        script.Answer<GrantCameraViewingResponse>(request);

    public override Task<StartCameraSessionResponse> StartCameraSession(StartCameraSessionRequest request, ServerCallContext context) =>
        script.Answer<StartCameraSessionResponse>(request);

    public override Task<CompleteCameraSessionResponse> CompleteCameraSession(CompleteCameraSessionRequest request, ServerCallContext context) =>
        script.Answer<CompleteCameraSessionResponse>(request);

    public override Task<DeliverCameraCopyResponse> DeliverCameraCopy(DeliverCameraCopyRequest request, ServerCallContext context) =>
        script.Answer<DeliverCameraCopyResponse>(request);

    public override Task<ReconcileCameraViewsResponse> ReconcileCameraViews(ReconcileCameraViewsRequest request, ServerCallContext context) =>
        script.Answer<ReconcileCameraViewsResponse>(request);

    public override Task<ExportCameraSessionsResponse> ExportCameraSessions(ExportCameraSessionsRequest request, ServerCallContext context) =>
        script.Answer<ExportCameraSessionsResponse>(request);
}
