using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Camera;
using KioskLink.Register.Facts;
using NodaTime;

namespace KioskLink.Register.Tests.Camera;

/// <summary>Each viewing has a reason of the law's and a record of six items before the next one begins.</summary>
public sealed class CameraSessionTests
{
    [Theory]
    [InlineData("curiosity", "A window was broken.", "reason_code")]
    [InlineData("", "A window was broken.", "reason_code")]
    [InlineData("crime", "", "reason_text")]
    [InlineData("danger", " ", "reason_text")]
    public async Task R66_A_viewing_has_a_reason_of_the_list_and_says_it_in_words(string code, string text, string field)
    {
        await using var room = await CameraRoom.StartAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", () => room.StartSessionAsync(start => (start.ReasonCode, start.ReasonText) = (code, text)));

        Assert.Empty((await room.Service.ListCameraSessions(new ListCameraSessionsRequest(), CameraRoom.Officer)).Sessions);
    }

    [Fact]
    public async Task R70_A_viewing_without_a_record_blocks_the_viewer_s_next_and_raises_an_alarm()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.GrantAsync(grant => grant.Viewer = "somebody");
        var first = await room.StartSessionAsync();

        await MissingAsync(room);
        await MissingAsync(room);
        Assert.NotNull(await room.StartSessionAsync(viewer: "somebody"));

        var alarm = Assert.Single(await room.AlarmsAsync());
        Assert.Equal((CameraAlarmKind.RecordMissing, first.Id), (alarm.Kind, alarm.SubjectId));
        Assert.Equal(CameraSessions.RecordMissing, alarm.Sentence);

        await room.CompleteAsync(first);
        Assert.NotEqual(first.Id, (await room.StartSessionAsync()).Id);
    }

    [Fact]
    public async Task R70_A_record_that_nobody_writes_within_the_hour_raises_an_alarm_once()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.ViewAsync();
        var late = await room.StartSessionAsync();

        room.Register.Time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        await room.UpkeepAsync();
        Assert.Empty(await room.AlarmsAsync());
        room.Register.Time.Advance(TimeSpan.FromMilliseconds(1));
        await room.UpkeepAsync();
        await room.UpkeepAsync();

        Assert.Equal(late.Id, Assert.Single(await room.AlarmsAsync()).SubjectId);
    }

    [Fact]
    public async Task R71_A_record_has_its_six_items_and_stays_as_it_is()
    {
        await using var room = await CameraRoom.StartAsync();

        var session = await room.ViewAsync(record => (record.OutsiderAsked, record.OutsiderName, record.OutsiderDecision) = (true, "Testi Pyytäjä", OutsiderDecision.Rejected));

        var listed = Assert.Single((await room.Service.ListCameraSessions(new ListCameraSessionsRequest(), CameraRoom.Officer)).Sessions);
        Assert.Equal(session, listed);
        Assert.Equal(
            ("The broken window", "The police asked for it", "Testi Johtaja", "Testi Katselija", "Testi Pyytäjä", OutsiderDecision.Rejected),
            (listed.Record.Matter, listed.Record.Ground, listed.Record.DecidedBy, listed.Record.ViewerName, listed.Record.OutsiderName, listed.Record.OutsiderDecision));
        Assert.NotNull(listed.Record.ViewingTime);
        Assert.NotNull(listed.Record.MatterTime);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "RECORD_COMPLETE", () => room.CompleteAsync(session));
    }

    public static TheoryData<string> Items => new(Missing.Keys);

    private static Dictionary<string, Action<CameraRecord>> Missing => new()
    {
        ["record.viewing_time"] = record => record.ViewingTime = null,
        ["record.matter"] = record => record.Matter = "",
        ["record.matter_time"] = record => record.MatterTime = null,
        ["record.ground"] = record => record.Ground = " ",
        ["record.decider"] = record => record.Decider = "",
        ["record.outsider_name"] = record => (record.OutsiderAsked, record.OutsiderDecision) = (true, OutsiderDecision.Approved),
        ["record.outsider_decision"] = record => (record.OutsiderAsked, record.OutsiderName) = (true, "Testi Pyytäjä"),
        ["record.outsider_asked"] = record => record.OutsiderName = "Testi Pyytäjä",
    };

    [Theory]
    [MemberData(nameof(Items))]
    public async Task R71_A_record_that_lacks_an_item_is_refused_and_the_item_is_named(string item)
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.StartSessionAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{item}`", () => room.CompleteAsync(session, Missing[item]));

        await MissingAsync(room);
    }

    [Fact]
    public async Task Impossible_times_of_a_record_are_told_by_their_item()
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.StartSessionAsync();
        var now = room.Register.Now;

        await WrongAsync("record.viewing_time", record => record.ViewingTime = (now + Duration.FromSeconds(1)).ToProto());
        await WrongAsync("record.viewing_time", record => record.ViewingTime = (now - Duration.FromMinutes(6)).ToProto());
        await WrongAsync("record.viewing_time", record => record.ViewingTime = new Google.Protobuf.WellKnownTypes.Timestamp { Seconds = long.MaxValue });
        await WrongAsync("record.matter_time", record => record.MatterTime = (now + Duration.FromSeconds(1)).ToProto());
        await WrongAsync("record.matter_time", record => record.MatterTime = (now - Duration.FromDays(14) - Duration.FromSeconds(1)).ToProto());
        await Refusals.RefusedAsync(StatusCode.NotFound, "session", () => room.CompleteAsync(session, viewer: "somebody"));

        Task WrongAsync(string item, Action<CameraRecord> spoil) => Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{item}`", () => room.CompleteAsync(session, spoil));
    }

    [Fact]
    public async Task A_viewer_sees_own_viewings_only_and_missing_records_are_listed_alone()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.GrantAsync(grant => grant.Viewer = "somebody");
        await room.ViewAsync();
        var open = await room.StartSessionAsync(viewer: "somebody");

        Assert.Single((await room.Service.ListCameraSessions(new ListCameraSessionsRequest(), CameraRoom.Of(CameraRoom.Viewer))).Sessions);
        Assert.Equal(open.Id, Assert.Single((await room.Service.ListCameraSessions(new ListCameraSessionsRequest { OnlyOpen = true }, CameraRoom.Officer)).Sessions).Id);
        Assert.Empty((await room.Service.ListCameraSessions(new ListCameraSessionsRequest { BranchId = TestRegister.Other }, CameraRoom.Officer)).Sessions);
    }

    [Fact]
    public async Task Without_cameras_in_the_profile_there_is_no_camera_register()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { Camera = null });
        var room = new CameraRoom(register);

        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "CAMERA_NOT_IN_USE", () => room.GrantAsync());
        Assert.Equal("no cameras", await register.Service<CameraUpkeep>().RunAsync(CancellationToken.None));
    }

    private static Task MissingAsync(CameraRoom room) =>
        Refusals.RefusedAsync(StatusCode.FailedPrecondition, "RECORD_MISSING", () => room.StartSessionAsync());
}
