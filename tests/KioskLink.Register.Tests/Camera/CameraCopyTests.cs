using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Store;

namespace KioskLink.Register.Tests.Camera;

/// <summary>A copy goes one way: taken, delivered to the police, destroyed.</summary>
public sealed class CameraCopyTests
{
    [Fact]
    public async Task R62_A_copy_is_taken_then_delivered_then_destroyed_and_no_other_way()
    {
        await using var room = await CameraRoom.StartAsync();
        var copy = await room.TakeCopyAsync(await room.ViewAsync());
        Assert.Equal(CameraCopyState.Taken, copy.State);

        await IllegalAsync(() => room.DestroyAsync(copy.Id));
        Assert.Equal(CameraCopyState.Delivered, (await room.DeliverAsync(copy.Id)).State);
        await IllegalAsync(() => room.DeliverAsync(copy.Id));
        var destroyed = await room.DestroyAsync(copy.Id);
        Assert.Equal((CameraCopyState.Destroyed, "shredded", CameraRoom.Viewer), (destroyed.State, destroyed.DestroyMethod, destroyed.DestroyedBy));
        await IllegalAsync(() => room.DestroyAsync(copy.Id));
        await IllegalAsync(() => room.DeliverAsync(copy.Id));

        static Task IllegalAsync(Func<Task> call) => Refusals.RefusedAsync(StatusCode.FailedPrecondition, "COPY_STATE", call);
    }

    [Fact]
    public async Task R6_What_follows_a_viewing_is_noted_with_the_reason_of_the_viewing()
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.StartSessionAsync();
        var (completing, taking, delivering) = (CameraRoom.Of(CameraRoom.Viewer), CameraRoom.Of(CameraRoom.Viewer), CameraRoom.Of(CameraRoom.Viewer));
        await room.Service.CompleteCameraSession(new CompleteCameraSessionRequest { SessionId = session.Id, Record = room.Record() }, completing);

        var copy = (await room.Service.TakeCameraCopy(new TakeCameraCopyRequest { SessionId = session.Id, Description = "A disc in the safe" }, taking)).Copy;
        await room.Service.DeliverCameraCopy(new DeliverCameraCopyRequest { CopyId = copy.Id, Recipient = "police", RecipientRef = "5530/R/1/26" }, delivering);

        Assert.Equal(["crime", "crime", "crime"], new[] { completing, taking, delivering }.Select(call => call.Audit().Purpose));
    }

    [Fact]
    public async Task R62_Each_step_of_a_copy_names_who_when_and_to_whom_and_a_clock_that_was_set_back_puts_none_before_the_one_before()
    {
        await using var room = await CameraRoom.StartAsync();
        var taken = await room.TakeCopyAsync(await room.ViewAsync());
        room.Register.Time.SetWallClock(taken.TakeTime.ToDateTimeOffset().AddHours(-2));
        var delivered = await room.DeliverAsync(taken.Id);
        room.Register.Time.SetWallClock(taken.TakeTime.ToDateTimeOffset().AddHours(1));
        var destroyed = await room.DestroyAsync(taken.Id);

        Assert.Equal((CameraRoom.Viewer, CameraRoom.Viewer, "police", "5530/R/1/26"), (taken.TakenBy, delivered.DeliveredBy, delivered.Recipient, delivered.RecipientRef));
        Assert.Equal((taken.TakeTime, CameraRoom.Viewer), (delivered.DeliverTime, destroyed.DestroyedBy));
        Assert.Equal((delivered.DeliverTime, TimeSpan.FromHours(1)), (destroyed.DeliverTime, destroyed.DestroyTime.ToDateTimeOffset() - taken.TakeTime.ToDateTimeOffset()));
    }

    [Theory]
    [InlineData("state = 3, destroyed_at = taken_at, destroyed_by = 'x', destroy_method = 'x'")]
    [InlineData("state = 2, delivered_at = taken_at - 1, delivered_by = 'x', recipient = 'police', recipient_ref = 'x'")]
    [InlineData("state = 2, delivered_at = taken_at, delivered_by = '', recipient = 'police', recipient_ref = 'x'")]
    [InlineData("state = 2, delivered_at = taken_at, delivered_by = 'x', recipient = '', recipient_ref = 'x'")]
    [InlineData("state = 2")]
    [InlineData("taken_at = taken_at - 1")]
    [InlineData("taken_by = 'x'")]
    public async Task R62_No_step_is_skipped_set_before_the_one_before_or_written_over_even_in_the_table(string change)
    {
        await using var room = await CameraRoom.StartAsync();
        await room.TakeCopyAsync(await room.ViewAsync());

        await Assert.ThrowsAsync<Microsoft.Data.Sqlite.SqliteException>(() => room.Register.Core.Lane.WriteAsync(scope => { Sql.Run(scope.Db, $"UPDATE camera_copies SET {change}"); }));
    }

    [Fact]
    public async Task R62_A_copy_that_the_police_never_fetched_is_destroyed_with_a_reason_and_a_delivered_one_without()
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.ViewAsync();
        var (unfetched, fetched) = (await room.TakeCopyAsync(session), await room.TakeCopyAsync(session));
        await room.DeliverAsync(fetched.Id);

        var destroyed = await room.DestroyAsync(unfetched.Id, "the request was withdrawn");
        Assert.Equal((CameraCopyState.Destroyed, "the request was withdrawn", null), (destroyed.State, destroyed.UndeliveredReason, destroyed.DeliverTime));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`undelivered_reason`", () => room.DestroyAsync(fetched.Id, "nobody came"));

        room.Register.Time.Advance(TimeSpan.FromDays(31));
        await room.UpkeepAsync();
        Assert.Equal(fetched.Id, Assert.Single(await room.AlarmsAsync()).SubjectId);
    }

    [Fact]
    public async Task R62_A_copy_open_for_longer_than_the_profile_allows_raises_an_alarm_once()
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.ViewAsync();
        var (kept, gone) = (await room.TakeCopyAsync(session), await room.TakeCopyAsync(session));
        await room.DeliverAsync(gone.Id);
        await room.DestroyAsync(gone.Id);
        await room.DeliverAsync(kept.Id);

        room.Register.Time.Advance(TimeSpan.FromDays(30) - TimeSpan.FromMilliseconds(1));
        await room.UpkeepAsync();
        Assert.Empty(await room.AlarmsAsync());
        room.Register.Time.Advance(TimeSpan.FromMilliseconds(1));
        await room.UpkeepAsync();
        await room.UpkeepAsync();

        var alarm = Assert.Single(await room.AlarmsAsync());
        Assert.Equal((CameraAlarmKind.CopyOpen, kept.Id), (alarm.Kind, alarm.SubjectId));
        var open = await room.Service.ListCameraCopies(new ListCameraCopiesRequest { OnlyOpen = true }, CameraRoom.Officer);
        Assert.Equal((kept.Id, true), (Assert.Single(open.Copies).Id, open.Copies[0].Overdue));
    }

    [Theory]
    [InlineData("insurance-company")]
    [InlineData("newspaper")]
    [InlineData("Police")]
    [InlineData("")]
    public async Task R68_A_copy_is_given_to_the_police_and_to_nobody_else(string recipient)
    {
        await using var room = await CameraRoom.StartAsync();
        var copy = await room.TakeCopyAsync(await room.ViewAsync());

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`recipient`", () => room.DeliverAsync(copy.Id, recipient));

        Assert.Equal(CameraCopyState.Taken, (await room.Service.ListCameraCopies(new ListCameraCopiesRequest(), CameraRoom.Officer)).Copies[0].State);
        Assert.Equal("police", (await room.DeliverAsync(copy.Id)).Recipient);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R69_After_the_right_ends_nothing_is_copied_or_linked_and_a_rejected_request_has_no_copy(bool revoked)
    {
        await using var room = await CameraRoom.StartAsync(granted: false);
        var grant = await room.GrantAsync();
        await room.Register.EnterAsync(await room.Register.PatronAsync("10001", 1), attempt: "evening");
        await room.Register.NotedAsync("evening");
        var rejected = await room.ViewAsync(Outsider(OutsiderDecision.Rejected));
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "REQUEST_REJECTED", () => room.TakeCopyAsync(rejected));
        var approved = await room.ViewAsync(Outsider(OutsiderDecision.Approved));
        var open = await room.StartSessionAsync();
        var copies = new[] { await room.TakeCopyAsync(approved), await room.TakeCopyAsync(open) };

        await (revoked ? room.RevokeAsync(grant.Id) : EndAsync(room, grant));

        await DeniedAsync(() => room.TakeCopyAsync(approved));
        await DeniedAsync(() => room.TakeCopyAsync(open));
        await DeniedAsync(() => room.Service.LinkCameraEvent(new LinkCameraEventRequest { SessionId = open.Id, AttemptId = "evening" }, CameraRoom.Of(CameraRoom.Viewer)));
        Assert.Equal(copies.Length, (await room.Service.ListCameraCopies(new ListCameraCopiesRequest(), CameraRoom.Officer)).Copies.Count);
        Assert.Equal(CameraCopyState.Delivered, (await room.DeliverAsync(copies[0].Id)).State);

        static Task DeniedAsync(Func<Task> call) => Refusals.RefusedAsync(StatusCode.PermissionDenied, "NO_VIEWING_RIGHT", call);
    }

    [Fact]
    public async Task R69_A_copy_of_before_the_rejection_is_not_delivered_but_destroyed()
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.StartSessionAsync();
        var copy = await room.TakeCopyAsync(session);
        await room.CompleteAsync(session, Outsider(OutsiderDecision.Rejected));

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "REQUEST_REJECTED", () => room.DeliverAsync(copy.Id));

        Assert.Equal(CameraCopyState.Destroyed, (await room.DestroyAsync(copy.Id, "the request was rejected")).State);
    }

    [Fact]
    public async Task A_copy_belongs_to_a_viewing_of_the_viewer_s_own()
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.ViewAsync();
        var copy = await room.TakeCopyAsync(session);
        var somebody = CameraRoom.Of("somebody");

        await Refusals.RefusedAsync(StatusCode.NotFound, "session", () => room.Service.TakeCameraCopy(new TakeCameraCopyRequest { SessionId = session.Id, Description = "x" }, somebody));
        await Refusals.RefusedAsync(StatusCode.NotFound, "copy", () => room.Service.DestroyCameraCopy(new DestroyCameraCopyRequest { CopyId = copy.Id, Method = "x" }, somebody));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`description`", () => room.Service.TakeCameraCopy(new TakeCameraCopyRequest { SessionId = session.Id }, CameraRoom.Of(CameraRoom.Viewer)));
        Assert.Empty((await room.Service.ListCameraCopies(new ListCameraCopiesRequest(), somebody)).Copies);
    }

    private static Action<CameraRecord> Outsider(OutsiderDecision decision) =>
        record => (record.OutsiderAsked, record.OutsiderName, record.OutsiderDecision) = (true, "Testi Pyytäjä", decision);

    private static Task EndAsync(CameraRoom room, CameraGrant grant)
    {
        room.Register.Time.SetWallClock(grant.EndTime.ToDateTimeOffset());
        return Task.CompletedTask;
    }
}
