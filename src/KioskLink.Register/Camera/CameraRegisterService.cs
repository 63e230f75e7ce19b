using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Audit;
using KioskLink.Register.Identity;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;

namespace KioskLink.Register.Camera;

/// <summary>The camera register (R61, R62, R66-R73): rights, viewings with their records, references, copies, and the comparison with the camera system.</summary>
internal sealed class CameraRegisterService(
    RegisterCore core, CameraGrants grants, CameraSessions sessions, CameraReferences references, CameraCopies copies, CameraReconciliation reconciliation,
    CameraExport export, CameraPages pages) : Protos.Register.V1.CameraRegisterService.CameraRegisterServiceBase
{
    // Classes of data in the audit log.
    private const string Rights = "camera-rights";
    private const string Records = "camera-records";
    private const string References = "camera-references";
    private const string Copies = "camera-copies";

    /// <inheritdoc/>
    public override async Task<GrantCameraViewingResponse> GrantCameraViewing(GrantCameraViewingRequest request, ServerCallContext context)
    {
        var grant = request.Grant ?? throw Field.Wrong("grant", "is missing: give it");
        return new GrantCameraViewingResponse { Grant = CameraProto.Grant(await grants.GrantAsync(grant, Caller(context, Rights), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<RevokeCameraGrantResponse> RevokeCameraGrant(RevokeCameraGrantRequest request, ServerCallContext context)
    {
        Field.Required(request.GrantId, "grant_id", Field.IdMax);
        var row = await grants.RevokeAsync(request.GrantId, request.Reason, Caller(context, Rights), context.CancellationToken);
        return new RevokeCameraGrantResponse { Grant = CameraProto.Grant(row) };
    }

    /// <inheritdoc/>
    public override Task<ListCameraGrantsResponse> ListCameraGrants(ListCameraGrantsRequest request, ServerCallContext context) =>
        Task.FromResult(pages.Grants(request, Caller(context, Rights)));

    /// <inheritdoc/>
    public override async Task<StartCameraSessionResponse> StartCameraSession(StartCameraSessionRequest request, ServerCallContext context)
    {
        context.Audit().For(CameraRules.Reason(request.ReasonCode, CameraRules.InUse(core.Profile)));
        return new StartCameraSessionResponse { Session = CameraProto.Session(await sessions.StartAsync(request, Caller(context, Records), context.CancellationToken)) };
    }

    /// <inheritdoc/>
    public override async Task<CompleteCameraSessionResponse> CompleteCameraSession(CompleteCameraSessionRequest request, ServerCallContext context) =>
        new() { Session = CameraProto.Session(Because(context, await sessions.CompleteAsync(request, Caller(context, Records), context.CancellationToken))) };

    /// <inheritdoc/>
    public override Task<ListCameraDecidersResponse> ListCameraDeciders(ListCameraDecidersRequest request, ServerCallContext context)
    {
        using var db = core.Store.Read();
        return Task.FromResult(CameraPeople.Deciders(db, core.Store.Consortium, request));
    }

    /// <inheritdoc/>
    public override Task<ListCameraSessionsResponse> ListCameraSessions(ListCameraSessionsRequest request, ServerCallContext context) =>
        Task.FromResult(pages.Sessions(request, Caller(context, Records)));

    /// <inheritdoc/>
    public override async Task<LinkCameraEventResponse> LinkCameraEvent(LinkCameraEventRequest request, ServerCallContext context)
    {
        var (row, cardRef) = await references.LinkAsync(request, Caller(context, References), context.CancellationToken);
        await using var db = core.Store.Read();
        context.Audit().About(CardOwners.Of(db, [cardRef]));
        Because(context, row.SessionId);
        return new LinkCameraEventResponse { Reference = CameraProto.Reference(row, CameraRules.InUse(core.Profile)) };
    }

    /// <inheritdoc/>
    public override Task<ListCameraReferencesResponse> ListCameraReferences(ListCameraReferencesRequest request, ServerCallContext context) =>
        Task.FromResult(pages.References(request, Caller(context, References)));

    /// <inheritdoc/>
    public override async Task<TakeCameraCopyResponse> TakeCameraCopy(TakeCameraCopyRequest request, ServerCallContext context) =>
        new() { Copy = Shown(context, await copies.TakeAsync(request, Caller(context, Copies), context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task<DeliverCameraCopyResponse> DeliverCameraCopy(DeliverCameraCopyRequest request, ServerCallContext context) =>
        new() { Copy = Shown(context, await copies.DeliverAsync(request, Caller(context, Copies), context.CancellationToken)) };

    /// <inheritdoc/>
    public override async Task<DestroyCameraCopyResponse> DestroyCameraCopy(DestroyCameraCopyRequest request, ServerCallContext context) =>
        new() { Copy = Shown(context, await copies.DestroyAsync(request, Caller(context, Copies), context.CancellationToken)) };

    /// <inheritdoc/>
    public override Task<ListCameraCopiesResponse> ListCameraCopies(ListCameraCopiesRequest request, ServerCallContext context) =>
        Task.FromResult(pages.Copies(request, Caller(context, Copies)));

    /// <inheritdoc/>
    public override Task<ListCameraAlarmsResponse> ListCameraAlarms(ListCameraAlarmsRequest request, ServerCallContext context) =>
        Task.FromResult(pages.Alarms(request));

    /// <inheritdoc/>
    public override Task<ReconcileCameraViewsResponse> ReconcileCameraViews(ReconcileCameraViewsRequest request, ServerCallContext context) =>
        reconciliation.RunAsync(request, Caller(context, Records), context.CancellationToken);

    /// <inheritdoc/>
    public override Task<ExportCameraSessionsResponse> ExportCameraSessions(ExportCameraSessionsRequest request, ServerCallContext context)
    {
        context.Audit().Fields(Records);
        return Task.FromResult(export.Export(request));
    }

    private static CallerIdentity Caller(ServerCallContext context, string fields)
    {
        context.Audit().Fields(fields);
        return context.Caller();
    }

    private CameraCopy Shown(ServerCallContext context, CopyRow row)
    {
        Because(context, row.SessionId);
        return CameraProto.Copy(row, CameraRules.InUse(core.Profile), core.Now());
    }

    // What follows a viewing is done for the reason of the viewing (R6, R66).
    private void Because(ServerCallContext context, string sessionId)
    {
        using var db = core.Store.Read();
        if (db.Set<SessionRow>().SingleOrDefault(row => row.SessionId == sessionId) is { } session)
        {
            Because(context, session);
        }
    }

    private static SessionRow Because(ServerCallContext context, SessionRow session)
    {
        context.Audit().For(session.ReasonCode);
        return session;
    }
}
