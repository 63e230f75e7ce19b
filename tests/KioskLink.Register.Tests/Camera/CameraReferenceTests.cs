using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Camera;
using KioskLink.Register.Facts;
using KioskLink.Register.Retention;
using NodaTime;

namespace KioskLink.Register.Tests.Camera;

/// <summary>The register knows which moment of a recording belongs to an event, and forgets it with the recording.</summary>
public sealed class CameraReferenceTests
{
    private const string Attempt = "attempt-of-the-evening";

    [Fact]
    public async Task R67_A_reference_is_an_event_and_a_moment_and_nothing_that_shows_or_names_anybody()
    {
        await using var room = await CameraRoom.StartAsync();
        await EnterAsync(room);

        var reference = await LinkAsync(room, await room.StartSessionAsync());

        Assert.Equal((Attempt, CameraRoom.Camera, TestRegister.Main), (reference.AttemptId, reference.Camera, reference.BranchId));
        Assert.Equal(reference.EventTime, reference.CameraTime);
        Assert.Equal(
            ["reference_id", "consortium", "session_id", "branch_id", "camera", "node_id", "attempt_id", "event_at", "camera_at", "recorded_at"],
            Columns(room, "camera_references").Select(column => column.Name));
    }

    [Fact]
    public async Task R67_No_table_of_the_camera_register_has_room_for_an_image_a_card_or_a_patron()
    {
        await using var room = await CameraRoom.StartAsync();

        foreach (var table in new[] { "camera_grants", "camera_sessions", "camera_references", "camera_copies", "camera_alarms", "camera_reconciliations" })
        {
            Assert.All(Columns(room, table), column =>
            {
                Assert.NotEqual("BLOB", column.Type);
                Assert.DoesNotMatch("image|frame|face|card|plate|vehicle|patron|customer", column.Name);
            });
        }
    }

    [Fact]
    public async Task R61_A_reference_is_purged_when_14_times_24_hours_have_passed_and_not_before()
    {
        await using var room = await CameraRoom.StartAsync();
        await EnterAsync(room);
        var reference = await LinkAsync(room, await room.StartSessionAsync());
        var gone = reference.EventTime.FromProto() + Duration.FromHours(14 * 24);
        Assert.Equal(gone, reference.PurgeTime.FromProto());

        room.Register.Time.Advance((gone - room.Register.Now - Duration.FromMilliseconds(1)).ToTimeSpan());
        await room.UpkeepAsync();
        Assert.Equal((1, 1), (await ListedAsync(room), Stored(room)));

        room.Register.Time.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal((0, 1), (await ListedAsync(room), Stored(room)));
        await room.UpkeepAsync();
        Assert.Equal((0, 0), (await ListedAsync(room), Stored(room)));
    }

    [Fact]
    public async Task R61_The_retention_rule_counts_and_removes_what_a_stopped_register_left_behind()
    {
        await using var room = await CameraRoom.StartAsync();
        await EnterAsync(room);
        var reference = await LinkAsync(room, await room.StartSessionAsync());
        var engine = room.Register.Service<RetentionEngine>();
        var term = engine.Term("camera-references");

        Assert.Equal(0, (await CountAsync()).Number);
        room.Register.Time.Advance((reference.PurgeTime.FromProto() - room.Register.Now + Duration.FromMilliseconds(1)).ToTimeSpan());
        Assert.Equal(("references", 1L), ((await CountAsync()).What, (await CountAsync()).Number));
        await engine.RunAsync(term, await engine.PlanAsync(term, "officer"), "officer", CancellationToken.None);

        Assert.Equal(0, Stored(room));

        async Task<(string What, long Number)> CountAsync() =>
            RetentionEvidence.Read((await engine.PlanAsync(term, "officer")).Counts).Select(count => (count.What, count.Number)).First();
    }

    [Fact]
    public async Task R61_An_event_whose_recording_is_gone_is_not_referred_to_any_more()
    {
        await using var room = await CameraRoom.StartAsync();
        await EnterAsync(room);
        room.Register.Time.Advance(TimeSpan.FromDays(14));

        var session = await room.StartSessionAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`attempt_id`", () => LinkAsync(room, session));
    }

    [Fact]
    public async Task What_cannot_be_an_event_or_its_moment_is_refused()
    {
        await using var room = await CameraRoom.StartAsync();
        await EnterAsync(room);
        var session = await room.StartSessionAsync();

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`camera_time`", () => LinkAsync(room, session, link => link.CameraTime = (room.Register.Now + Duration.FromHours(2)).ToProto()));
        await Refusals.RefusedAsync(StatusCode.NotFound, "event", () => LinkAsync(room, session, link => link.AttemptId = "no-such"));
        await Refusals.RefusedAsync(StatusCode.NotFound, "session", () => LinkAsync(room, session, link => link.SessionId = "no-such"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`attempt_id`", () => LinkAsync(room, session, link => link.AttemptId = ""));
        await room.CompleteAsync(session);
        await Refusals.RefusedAsync(StatusCode.FailedPrecondition, "RECORD_COMPLETE", () => LinkAsync(room, session));
    }

    private static async Task EnterAsync(CameraRoom room)
    {
        var card = await room.Register.PatronAsync("10001", 1);
        await room.Register.EnterAsync(card, attempt: Attempt);
        await room.Register.NotedAsync(Attempt);
    }

    private static async Task<CameraReference> LinkAsync(CameraRoom room, CameraSession session, Action<LinkCameraEventRequest>? change = null)
    {
        var request = new LinkCameraEventRequest { SessionId = session.Id, AttemptId = Attempt };
        change?.Invoke(request);
        return (await room.Service.LinkCameraEvent(request, CameraRoom.Of(CameraRoom.Viewer))).Reference;
    }

    private static async Task<int> ListedAsync(CameraRoom room) =>
        (await room.Service.ListCameraReferences(new ListCameraReferencesRequest(), CameraRoom.Officer)).References.Count;

    private static int Stored(CameraRoom room)
    {
        using var db = room.Register.Core.Store.Read();
        return db.Set<ReferenceRow>().Count();
    }

    private static List<(string Name, string Type)> Columns(CameraRoom room, string table)
    {
        using var db = room.Register.Core.Store.Read();
        using var command = db.Connection.CreateCommand();
        command.CommandText = $"SELECT name, type FROM pragma_table_info('{table}')";
        using var reader = command.ExecuteReader();
        var columns = new List<(string, string)>();
        while (reader.Read())
        {
            columns.Add((reader.GetString(0), reader.GetString(1)));
        }

        Assert.NotEmpty(columns);
        return columns;
    }
}
