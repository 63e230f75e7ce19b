using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Jobs;
using KioskLink.Register.Staff;
using NodaTime;

namespace KioskLink.Register.Tests.Camera;

/// <summary>A register's camera room with an officer who grants and viewers who look.</summary>
internal sealed class CameraRoom(TestRegister register) : IAsyncDisposable
{
    public const string Viewer = "viewer";
    public const string Camera = "hall";
    public const string Decider = "johtaja";

    public TestRegister Register => register;

    public Register.Camera.CameraRegisterService Service { get; } = register.Service<Register.Camera.CameraRegisterService>();

    public static TestCall Officer => TestCall.Of(CallerRole.DataProtectionOfficer, "officer");

    public static async Task<CameraRoom> StartAsync(bool granted = true)
    {
        var room = new CameraRoom(await TestRegister.StartAsync());
        await room.AccountAsync(Viewer, "Testi Katselija", RoleSet.CameraViewers);
        await room.AccountAsync("somebody", "Testi Toinen", RoleSet.CameraViewers);
        await room.AccountAsync(Decider, "Testi Johtaja", RoleSet.DataProtection);
        if (granted)
        {
            await room.GrantAsync();
        }

        return room;
    }

    public static TestCall Of(string viewer) => TestCall.Of(CallerRole.CameraViewer, viewer);

    /// <summary>An account of the staff.</summary>
    public Task AccountAsync(string user, string person, RoleSet roles, bool locked = false) => register.Core.Lane.WriteAsync(scope =>
    {
        scope.Db.Add(new StaffAccountRow
        {
            Consortium = scope.Consortium,
            UserName = user,
            NormalName = user.ToUpperInvariant(),
            PersonName = person,
            Roles = roles.Bits,
            LockedAt = locked ? scope.NowMs : null,
        });
    });

    public async Task<CameraGrant> GrantAsync(Action<CameraGrant>? change = null)
    {
        var grant = new CameraGrant
        {
            Viewer = Viewer,
            GrantedBy = "Testi Johtaja",
            DynastyRef = "D/123/2026",
            UndertakingOn = "2026-11-30",
            EndTime = (register.Now + Duration.FromDays(180)).ToProto(),
        };
        change?.Invoke(grant);
        return (await Service.GrantCameraViewing(new GrantCameraViewingRequest { Grant = grant }, Officer)).Grant;
    }

    public async Task<CameraSession> StartSessionAsync(Action<StartCameraSessionRequest>? change = null, string viewer = Viewer)
    {
        var request = new StartCameraSessionRequest { BranchId = TestRegister.Main, Camera = Camera, ReasonCode = "crime", ReasonText = "A window was broken in the evening." };
        change?.Invoke(request);
        return (await Service.StartCameraSession(request, Of(viewer))).Session;
    }

    public CameraRecord Record(Action<CameraRecord>? change = null)
    {
        var record = new CameraRecord
        {
            ViewingTime = register.Now.ToProto(),
            Matter = "The broken window",
            MatterTime = (register.Now - Duration.FromHours(20)).ToProto(),
            Ground = "The police asked for it",
            Decider = Decider,
        };
        change?.Invoke(record);
        return record;
    }

    public async Task<CameraSession> CompleteAsync(CameraSession session, Action<CameraRecord>? change = null, string viewer = Viewer) =>
        (await Service.CompleteCameraSession(new CompleteCameraSessionRequest { SessionId = session.Id, Record = Record(change) }, Of(viewer))).Session;

    public async Task<CameraSession> ViewAsync(Action<CameraRecord>? change = null) => await CompleteAsync(await StartSessionAsync(), change);

    public async Task<CameraCopy> TakeCopyAsync(CameraSession session, string description = "A disc in the safe") =>
        (await Service.TakeCameraCopy(new TakeCameraCopyRequest { SessionId = session.Id, Description = description }, Of(Viewer))).Copy;

    public async Task<CameraCopy> DeliverAsync(string copy, string recipient = "police", string reference = "5530/R/1/26") => (await Service.DeliverCameraCopy(
        new DeliverCameraCopyRequest { CopyId = copy, Recipient = recipient, RecipientRef = reference }, Of(Viewer))).Copy;

    public async Task<CameraCopy> DestroyAsync(string copy, string undelivered = "", string method = "shredded") => (await Service.DestroyCameraCopy(
        new DestroyCameraCopyRequest { CopyId = copy, Method = method, UndeliveredReason = undelivered }, Of(Viewer))).Copy;

    public async Task<CameraGrant> RevokeAsync(string grant, string reason = "left") =>
        (await Service.RevokeCameraGrant(new RevokeCameraGrantRequest { GrantId = grant, Reason = reason }, Officer)).Grant;

    public async Task<IReadOnlyList<CameraAlarm>> AlarmsAsync() => (await Service.ListCameraAlarms(new ListCameraAlarmsRequest(), Officer)).Alarms;

    public Task UpkeepAsync() => register.Service<JobRunner>().RunAsync("camera-register", "officer", CancellationToken.None);

    public ValueTask DisposeAsync() => register.DisposeAsync();
}
