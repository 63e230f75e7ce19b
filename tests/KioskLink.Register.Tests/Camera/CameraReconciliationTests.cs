using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Camera;
using KioskLink.Register.Facts;
using NodaTime;

namespace KioskLink.Register.Tests.Camera;

/// <summary>Our records against the camera system's own log, both ways.</summary>
public sealed class CameraReconciliationTests
{
    private const string Header = "viewed_at,user,branch,camera\r\n";

    [Fact]
    public async Task R72_Views_without_a_record_and_records_without_a_view_are_both_reported()
    {
        await using var room = await CameraRoom.StartAsync();
        var explained = await room.ViewAsync();
        room.Register.Time.Advance(TimeSpan.FromHours(2));
        var unseen = await room.ViewAsync();
        room.Register.Time.Advance(TimeSpan.FromHours(2));

        var found = await CompareAsync(room, Header + Line(explained.Record.ViewingTime.FromProto() + Duration.FromMinutes(5)) + Line(room.Register.Now - Duration.FromHours(1)));

        Assert.Equal((2, 2, 1), (found.Views, found.Records, found.Matched));
        Assert.Equal(3, Assert.Single(found.ViewsWithoutRecord).Line);
        Assert.Equal(unseen.Id, Assert.Single(found.RecordsWithoutView).Id);
        Assert.Equal((CameraAlarmKind.Difference, found.RunId), (Assert.Single(await room.AlarmsAsync()).Kind, (await room.AlarmsAsync())[0].SubjectId));
    }

    [Theory]
    [InlineData(300, true)]
    [InlineData(301, false)]
    [InlineData(-300, true)]
    [InlineData(-301, false)]
    public async Task R72_The_tolerance_of_the_profile_decides_to_the_second(int seconds, bool matched)
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.ViewAsync();
        room.Register.Time.Advance(TimeSpan.FromHours(1));

        var found = await CompareAsync(room, Header + Line(session.Record.ViewingTime.FromProto() + Duration.FromSeconds(seconds)));

        Assert.Equal(matched ? 1 : 0, found.Matched);
        Assert.Equal(matched ? 0 : 1, found.ViewsWithoutRecord.Count);
        Assert.Equal(matched ? 0 : 1, found.RecordsWithoutView.Count);
    }

    [Fact]
    public async Task R72_A_viewing_whose_record_is_missing_is_reported_with_its_session()
    {
        await using var room = await CameraRoom.StartAsync();
        var open = await room.StartSessionAsync();
        room.Register.Time.Advance(TimeSpan.FromMinutes(10));

        var found = await CompareAsync(room, Header + Line(room.Register.Now));

        Assert.Equal(open.Id, Assert.Single(found.ViewsWithoutRecord).OpenSessionId);
        Assert.Empty(found.RecordsWithoutView);
    }

    [Theory]
    [InlineData("somebody", TestRegister.Main, CameraRoom.Camera)]
    [InlineData(CameraRoom.Viewer, TestRegister.Other, CameraRoom.Camera)]
    [InlineData(CameraRoom.Viewer, TestRegister.Main, "yard")]
    public async Task R72_A_record_explains_no_viewing_of_another_viewer_branch_or_camera(string user, string branch, string camera)
    {
        await using var room = await CameraRoom.StartAsync();
        var session = await room.ViewAsync();
        room.Register.Time.Advance(TimeSpan.FromHours(1));

        var found = await CompareAsync(room, Header + Line(session.Record.ViewingTime.FromProto(), user, branch, camera));

        Assert.Equal((0, 1, 1), (found.Matched, found.ViewsWithoutRecord.Count, found.RecordsWithoutView.Count));
    }

    [Fact]
    public async Task R72_A_rejected_request_was_never_looked_at_and_lacks_no_viewing()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.ViewAsync(record => (record.OutsiderAsked, record.OutsiderName, record.OutsiderDecision) = (true, "Testi Pyytäjä", OutsiderDecision.Rejected));
        room.Register.Time.Advance(TimeSpan.FromHours(1));

        Assert.Empty((await CompareAsync(room, Header)).RecordsWithoutView);
    }

    [Fact]
    public void Pairs_are_as_many_as_can_be_and_each_is_used_once()
    {
        var start = Instant.FromUtc(2026, 12, 1, 10, 0);
        SessionRow[] records = [Row("a", start), Row("b", start + Duration.FromMinutes(4))];
        LoggedView[] views = [View(2, start + Duration.FromMinutes(3)), View(3, start + Duration.FromMinutes(7)), View(4, start + Duration.FromMinutes(8))];

        var found = ViewMatching.Compare(views, records, new Interval(start, start + Duration.FromHours(1)), Duration.FromMinutes(4));

        Assert.Equal((2, 0), (found.Matched, found.RecordsWithoutView.Count));
        Assert.Equal([4], found.ViewsWithoutRecord.Select(view => view.Line));
    }

    [Fact]
    public void What_lies_within_the_tolerance_outside_the_time_may_explain_and_is_not_reported()
    {
        var start = Instant.FromUtc(2026, 12, 1, 10, 0);
        SessionRow[] records = [Row("before", start - Duration.FromMinutes(1)), Row("alone", start - Duration.FromMinutes(4))];

        var found = ViewMatching.Compare([View(2, start), View(3, start - Duration.FromMinutes(30))], records, new Interval(start, start + Duration.FromHours(1)), Duration.FromMinutes(2));

        Assert.Equal((1, 0, 0, 0), (found.Views, found.Records, found.ViewsWithoutRecord.Count, found.RecordsWithoutView.Count));
    }

    [Fact]
    public async Task Logs_of_other_shapes_are_read_in_any_column_order_and_in_Helsinki_s_time()
    {
        await using var room = await CameraRoom.StartAsync();
        await room.ViewAsync();

        // Noon in Helsinki is when the record says.
        var found = await CompareAsync(room, "\uFEFFcamera,note,user,viewed_at,branch\nHALL,\"a, \"\"b\"\"\",Viewer,2026-12-01 12:00,fi-main\n\n");

        Assert.Equal((1, 1), (found.Views, found.Matched));
    }

    [Theory]
    [InlineData("", "log_csv")]
    [InlineData("time,user,branch,camera\n", "no column viewed_at")]
    [InlineData("viewed_at,user,branch,camera\nyesterday,viewer,FI-Main,hall\n", "line 2")]
    [InlineData("viewed_at,user,branch,camera\n2026-12-01T12:00,viewer,FI-Main\n", "line 2")]
    [InlineData("viewed_at,user,branch,camera\n2026-12-01T12:00,viewer,FI-Main,hall\n2026-12-01T12:00,,FI-Main,hall\n", "line 3: user")]
    [InlineData("viewed_at,user,branch,camera\n\"2026-12-01T12:00,viewer,FI-Main,hall\n", "line 2")]
    public async Task A_bad_log_is_told_by_its_line_and_changes_nothing(string csv, string word)
    {
        await using var room = await CameraRoom.StartAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, word, () => CompareAsync(room, csv));

        using var db = room.Register.Core.Store.Read();
        Assert.Empty(db.Set<ReconciliationRow>());
    }

    [Fact]
    public async Task A_time_without_ends_or_longer_than_a_year_is_refused()
    {
        await using var room = await CameraRoom.StartAsync();
        var now = room.Register.Now;

        await WrongAsync("from_time", new ReconcileCameraViewsRequest { ToTime = now.ToProto(), LogCsv = Header });
        await WrongAsync("to_time", new ReconcileCameraViewsRequest { FromTime = now.ToProto(), LogCsv = Header });
        await WrongAsync("to_time", new ReconcileCameraViewsRequest { FromTime = now.ToProto(), ToTime = now.ToProto(), LogCsv = Header });
        await WrongAsync("to_time", new ReconcileCameraViewsRequest { FromTime = now.ToProto(), ToTime = (now + Duration.FromDays(367)).ToProto(), LogCsv = Header });

        Task WrongAsync(string field, ReconcileCameraViewsRequest request) =>
            Refusals.RefusedAsync(StatusCode.InvalidArgument, $"`{field}`", () => room.Service.ReconcileCameraViews(request, CameraRoom.Officer));
    }

    private static string Line(Instant at, string user = CameraRoom.Viewer, string branch = TestRegister.Main, string camera = CameraRoom.Camera) => $"{at},{user},{branch},{camera}\r\n";

    private static LoggedView View(int line, Instant at) => new(line, at, CameraRoom.Viewer, TestRegister.Main, CameraRoom.Camera);

    private static SessionRow Row(string id, Instant at) => new()
    {
        SessionId = id,
        Consortium = "lastu",
        GrantId = "grant",
        Viewer = CameraRoom.Viewer,
        BranchId = TestRegister.Main,
        Camera = CameraRoom.Camera,
        ReasonCode = "crime",
        ReasonText = "x",
        ViewedAt = at.ToUnixTimeMilliseconds(),
    };

    private static Task<ReconcileCameraViewsResponse> CompareAsync(CameraRoom room, string csv) => room.Service.ReconcileCameraViews(
        new ReconcileCameraViewsRequest
        {
            FromTime = (room.Register.Now - Duration.FromDays(1)).ToProto(),
            ToTime = (room.Register.Now + Duration.FromDays(1)).ToProto(),
            LogCsv = csv,
        },
        CameraRoom.Officer);
}
