using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class CameraCommandsTests : FakeServerTest
{
    [Fact]
    public async Task A_viewing_right_is_asked_for_with_its_undertaking_and_its_end()
    {
        Script.On<GrantCameraViewingRequest>(request => new GrantCameraViewingResponse { Grant = request.Grant });

        var printed = await Server.RunTyping(
            ["Testi Johtaja"], "camera", "grant", "add", "viewer", "--granted-by", "-", "--undertaking", "D/1/2026", "--signed", "2026-11-30", "--until", "2027-06-01", "--branch", "FI-Main", "--json");

        var grant = Assert.Single(Script.Requests<GrantCameraViewingRequest>()).Grant;
        Assert.Equal((0, "viewer", "Testi Johtaja", "D/1/2026", "2026-11-30"), (printed.Code, grant.Viewer, grant.GrantedBy, grant.DynastyRef, grant.UndertakingOn));
        Assert.Equal("2027-05-31T21:00:00.000Z", (string?)printed.Json["endTime"]);
        Assert.Equal(["FI-Main"], grant.BranchIds);
    }

    [Fact]
    public async Task A_record_carries_its_six_items_and_the_outsider_only_where_one_asked()
    {
        Script.On<CompleteCameraSessionRequest>(request => new CompleteCameraSessionResponse { Session = new CameraSession { Id = request.SessionId, Record = request.Record } });
        string[] five = ["camera", "session", "complete", "s1", "--viewed", "2026-12-01T12:00", "--matter", "window", "--matter-time", "2026-11-30", "--ground", "police", "--decided-by", "johtaja"];

        await Server.Run(five);
        await Server.RunTyping(["E F"], [.. five, "--outsider", "-", "--outsider-request", "rejected"]);

        var records = Script.Requests<CompleteCameraSessionRequest>().Select(request => request.Record).ToList();
        Assert.Equal("johtaja", records[0].Decider);
        Assert.Equal((false, "", OutsiderDecision.Unspecified), (records[0].OutsiderAsked, records[0].OutsiderName, records[0].OutsiderDecision));
        Assert.Equal((true, "E F", OutsiderDecision.Rejected), (records[1].OutsiderAsked, records[1].OutsiderName, records[1].OutsiderDecision));
    }

    [Fact]
    public async Task A_missing_record_is_one_sentence_and_1()
    {
        Script.Refuse<StartCameraSessionRequest>(StatusCode.FailedPrecondition, "RECORD_MISSING", "The record of your last viewing is missing: write it.");

        var printed = await Server.Run("camera", "session", "start", "--branch", "FI-Main", "--camera", "hall", "--reason", "crime", "--text", "x");

        Assert.Equal((1, "kiosklink: The record of your last viewing is missing: write it. (RECORD_MISSING)\n"), (printed.Code, printed.Errors));
    }

    [Fact]
    public async Task Differences_are_listed_both_ways_and_end_with_1()
    {
        using var folder = new TempFolder();
        var log = folder.Write("views.csv", "viewed_at,user,branch,camera\n");
        Script.On<ReconcileCameraViewsRequest>(request => new ReconcileCameraViewsResponse
        {
            Views = 1,
            Records = 1,
            ViewsWithoutRecord = { new CameraView { Line = 2, User = "viewer", BranchId = "FI-Main", Camera = "hall" } },
            RecordsWithoutView = { new CameraSession { Id = "s1" } },
        });

        var printed = await Server.Run("camera", "reconcile", log, "--from", "2026-11-01", "--to", "2026-12-01");

        Assert.Equal(1, printed.Code);
        Assert.Contains("Viewings without a record", printed.Output, StringComparison.Ordinal);
        Assert.Contains("s1", printed.Output, StringComparison.Ordinal);
        Assert.Equal("viewed_at,user,branch,camera\n", Assert.Single(Script.Requests<ReconcileCameraViewsRequest>()).LogCsv);
        Script.On<ReconcileCameraViewsRequest>(_ => new ReconcileCameraViewsResponse());
        Assert.Equal(0, (await Server.Run("camera", "reconcile", log, "--from", "2026-11-01", "--to", "2026-12-01")).Code);
        Assert.Equal(2, (await Server.Run("camera", "reconcile", folder["none.csv"], "--from", "2026-11-01", "--to", "2026-12-01")).Code);
    }

    [Fact]
    public async Task An_export_is_readable_by_its_owner_only_and_overwrites_nothing()
    {
        using var folder = new TempFolder();
        Script.On<ExportCameraSessionsRequest>(_ => new ExportCameraSessionsResponse { FileName = "../records-SALASSA.csv", Csv = "secrecy\r\n", Records = 3 });
        string[] export = ["camera", "export", "--from", "2026-11-01", "--to", "2026-12-01", "--output", folder.Path];

        var printed = await Server.Run(export);

        Assert.Equal((0, ""), (printed.Code, printed.Errors));
        Assert.Equal("secrecy\r\n", await File.ReadAllTextAsync(folder["records-SALASSA.csv"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["records-SALASSA.csv"]));
        Assert.Equal(2, (await Server.Run(export)).Code);
    }

    [Theory]
    [InlineData("camera", "grant", "add", "viewer", "--granted-by", "A B", "--signed", "2026-11-30", "--until", "2027-06-01")]
    [InlineData("camera", "copy", "deliver", "c1")]
    [InlineData("camera", "session", "complete", "s1", "--viewed", "2026-12-01")]
    [InlineData("camera", "session", "start", "--branch", "FI-Main")]
    public async Task A_wrong_command_line_is_2_and_reaches_no_register(params string[] args)
    {
        Assert.Equal(2, (await Server.Run(args)).Code);
        Assert.Empty(Script.Requests<GrantCameraViewingRequest>());
    }
}
