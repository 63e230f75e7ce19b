using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli;

public sealed class OutageCommandsTests : FakeServerTest
{
    [Fact]
    public async Task A_planned_break_is_sent_as_typed()
    {
        Script.On<AddOutageRequest>(request => new AddOutageResponse { Outage = request.Outage, Version = 7 });

        var printed = await Server.Run(
            "outage", "plan", "--from", "2027-01-13T20:00", "--until", "2027-01-14T06:00", "--service", "login", "--service", "doors", "--reason", "update", "--sv", "Avbrott", "--json");

        Assert.Equal(0, printed.Code);
        var outage = Script.Requests<AddOutageRequest>().Single().Outage;
        Assert.Equal((OutageKind.Planned, OutageScope.Consortium, "update"), (outage.Kind, outage.Scope, outage.Reason));
        Assert.Equal([LibraryService.Login, LibraryService.Doors], outage.Services);
        Assert.Equal(new DateTimeOffset(2027, 1, 13, 18, 0, 0, TimeSpan.Zero), outage.StartTime.ToDateTimeOffset());
        Assert.Equal((Language.Sv, "Avbrott"), (outage.Notices.Single().Language, outage.Notices.Single().Text));
        Assert.Equal("PLANNED", (string?)printed.Json["outage"]!["kind"]);
    }

    [Fact]
    public async Task An_outage_is_reported_for_its_branches_and_ended()
    {
        Script.On<AddOutageRequest>(request => new AddOutageResponse { Outage = request.Outage, Version = 7 });
        Script.On<EndOutageRequest>(request => new EndOutageResponse { Outage = new Outage { Id = request.OutageId } });

        var reported = await Server.Run("outage", "report", "--branch", "A", "--branch", "B", "--service", "checkout", "--reason", "power cut");
        var ended = await Server.Run("outage", "end", "o1");

        Assert.Equal("", reported.Errors + ended.Errors);
        var outage = Script.Requests<AddOutageRequest>().Single().Outage;
        Assert.Equal((OutageKind.Unplanned, OutageScope.Branch, null), (outage.Kind, outage.Scope, outage.EndTime));
        Assert.Equal(["A", "B"], outage.BranchIds);
        Assert.Contains("unknown", reported.Output, StringComparison.Ordinal);
        Assert.Equal("o1", Script.Requests<EndOutageRequest>().Single().OutageId);
    }

    [Fact]
    public async Task The_status_says_what_is_down_and_what_patrons_are_told()
    {
        Script.On<GetServiceStatusRequest>(_ => new GetServiceStatusResponse
        {
            Down = { LibraryService.OwnData },
            Notices = { new ServiceNotice { Text = "Driftavbrott", InForce = true } },
        });

        var printed = await Server.Run("outage", "status", "--branch", "A", "--language", "sv");

        Assert.Contains("Down: OWN_DATA.", printed.Output, StringComparison.Ordinal);
        Assert.Contains("Driftavbrott", printed.Output, StringComparison.Ordinal);
        Assert.Equal(("A", Language.Sv), (Script.Requests<GetServiceStatusRequest>().Single().BranchId, Script.Requests<GetServiceStatusRequest>().Single().Language));
    }

    [Fact]
    public async Task A_branch_is_suspended_and_resumed()
    {
        Script.On<SuspendBranchRequest>(request => new SuspendBranchResponse { Suspension = request.Suspension });
        Script.On<ResumeBranchRequest>(request => new ResumeBranchResponse { Suspension = new BranchSuspension { Id = request.SuspensionId, LiftReason = request.Reason } });
        Script.On<ListSuspensionsRequest>(_ => new ListSuspensionsResponse { Suspensions = { new BranchSuspension { Id = "s1", BranchId = "A", StartTime = new Timestamp() } } });

        var added = await Server.Run("suspension", "add", "A", "--reason", "repairs");
        var lifted = await Server.Run("suspension", "lift", "s1", "--reason", "done");
        var listed = await Server.Run("suspension", "list", "--json");

        Assert.Equal("", added.Errors + lifted.Errors + listed.Errors);
        Assert.Equal(("A", "repairs"), (Script.Requests<SuspendBranchRequest>().Single().Suspension.BranchId, Script.Requests<SuspendBranchRequest>().Single().Suspension.Reason));
        Assert.Contains("done", lifted.Output, StringComparison.Ordinal);
        Assert.Equal("s1", (string?)listed.Json["suspensions"]![0]!["id"]);
    }

    [Theory]
    [InlineData("outage", "plan", "--from", "2027-01-13", "--service", "login", "--reason", "x")]
    [InlineData("outage", "report", "--service", "teleport", "--reason", "x")]
    [InlineData("outage", "report", "--service", "login", "--branch", "A", "--system", "--reason", "x")]
    [InlineData("suspension", "add", "A")]
    public async Task A_wrong_command_line_is_2_and_reaches_no_register(params string[] args)
    {
        var printed = await Server.Run(args);

        Assert.Equal(2, printed.Code);
        Assert.Empty(Script.Requests<AddOutageRequest>());
    }
}
