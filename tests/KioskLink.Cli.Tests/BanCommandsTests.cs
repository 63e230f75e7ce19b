using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli;

public sealed class BanCommandsTests : FakeServerTest
{
    [Fact]
    public async Task Adding_a_ban_sends_what_was_typed_and_tells_where_it_is_in_force()
    {
        Script.On<AddBanRequest>(request => new AddBanResponse { Ban = request.Ban, Version = 7 });
        Script.On<GetReachRequest>(_ => new GetReachResponse { ConfirmedNodes = 14, TotalNodes = 14 });

        var printed = await Server.Run("ban", "add", "1001", "self-service", "--branch", "A", "--branch", "B", "--until", "2026-12-24", "--reason-code", "damage", "--reason", "broke a window");

        Assert.Equal(0, printed.Code);
        Assert.Contains("in force on 14 of 14 nodes", printed.Output, StringComparison.Ordinal);
        Assert.Contains("SELF_SERVICE", printed.Output, StringComparison.Ordinal);
        var ban = Script.Requests<AddBanRequest>().Single().Ban;
        Assert.Equal(("1001", BanKind.SelfService, "damage", "broke a window"), (ban.CustomerId, ban.Kind, ban.ReasonCode, ban.Reason));
        Assert.Equal(["A", "B"], ban.BranchIds);
        Assert.Equal(new DateTimeOffset(2026, 12, 23, 22, 0, 0, TimeSpan.Zero), ban.EndTime.ToDateTimeOffset());
        Assert.Null(ban.StartTime);
        Assert.Equal(7, Script.Requests<GetReachRequest>()[0].Version);
    }

    [Fact]
    public async Task Nodes_that_have_not_confirmed_are_named_and_not_waited_for_long()
    {
        Script.On<AddBanRequest>(request => new AddBanResponse { Ban = request.Ban, Version = 7 });
        Script.On<GetReachRequest>(_ => new GetReachResponse { ConfirmedNodes = 1, TotalNodes = 2, MissingNodeIds = { "cut-off" } });

        var printed = await Server.Run(
            "ban", "add", "1001", "use", "--reason-code", "violence", "--decision-ref", "§ 12/2026", "--decided-by", "director", "--heard-on", "2026-11-20", "--hearing", "heard", "--json");

        Assert.Equal(0, printed.Code);
        var ban = Script.Requests<AddBanRequest>().Single().Ban;
        Assert.Equal(("§ 12/2026", "director", "2026-11-20", "heard"), (ban.DecisionRef, ban.DecidedBy, ban.HeardOn, ban.Hearing));
        Assert.Equal("cut-off", (string?)printed.Json["missingNodeIds"]![0]);
        Assert.Equal("USE", (string?)printed.Json["bans"]![0]!["kind"]);
    }

    [Fact]
    public async Task Lifting_names_patron_kind_and_reason()
    {
        Script.On<LiftBanRequest>(_ => new LiftBanResponse { Bans = { new Ban { CustomerId = "1001", Kind = BanKind.Loan } }, Version = 8 });
        Script.On<GetReachRequest>(_ => new GetReachResponse { ConfirmedNodes = 2, TotalNodes = 2 });

        var printed = await Server.Run("ban", "lift", "1001", "loan", "--reason", "paid");

        Assert.Contains("lifted on 2 of 2 nodes", printed.Output, StringComparison.Ordinal);
        var request = Script.Requests<LiftBanRequest>().Single();
        Assert.Equal(("1001", BanKind.Loan, "paid"), (request.PatronBans.CustomerId, request.PatronBans.Kind, request.Reason));
    }

    [Fact]
    public async Task The_reach_of_a_ban_counts_doors_and_names_nodes_that_have_not_confirmed()
    {
        Script.On<GetReachRequest>(_ => new GetReachResponse
        {
            ConfirmedDoors = 13,
            TotalDoors = 14,
            ConfirmedNodes = 6,
            TotalNodes = 7,
            MissingNodeIds = { "cut-off" },
            Ban = new Ban { Id = "b1", CustomerId = "1001", Kind = BanKind.Use },
        });

        var printed = await Server.Run("ban", "reach", "b1");

        Assert.Contains("Known at 13 of 14 doors, 6 of 7 nodes; not yet on cut-off.", printed.Output, StringComparison.Ordinal);
        Assert.Equal("b1", Script.Requests<GetReachRequest>().Single().BanId);
    }

    [Theory]
    [InlineData(true, 0)]
    [InlineData(false, 1)]
    public async Task A_proof_that_fails_is_1(bool enforced, int code)
    {
        Script.On<CheckEnforcementRequest>(_ => new CheckEnforcementResponse
        {
            Enforced = enforced,
            Results = { new EnforcementResult { DoorId = "front", Refused = enforced, Problem = enforced ? "" : "correct the branch's id" } },
        });

        var printed = await Server.Run("ban", "check", "FI-Here");

        Assert.Equal(code, printed.Code);
        Assert.Contains(enforced ? "yes" : "correct the branch's id", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_is_read_to_its_last_page()
    {
        var start = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 1, 1, 10, 0, 0, TimeSpan.Zero));
        Script.On<ListBansRequest>(request => request.PageToken.Length == 0
            ? new ListBansResponse { Bans = { new Ban { CustomerId = "1001", Kind = BanKind.Use, StartTime = start } }, NextPageToken = "next" }
            : new ListBansResponse { Bans = { new Ban { CustomerId = "1002", Kind = BanKind.Loan, StartTime = start } } });

        var printed = await Server.Run("ban", "list", "--past", "--json");

        Assert.Equal(["1001", "1002"], printed.Json["bans"]!.AsArray().Select(ban => (string?)ban!["customerId"]));
        Assert.Equal("2026-01-01T10:00:00.000Z", (string?)printed.Json["bans"]![0]!["startTime"]);
        Assert.All(Script.Requests<ListBansRequest>(), request => Assert.True(request.IncludePast));
    }

    [Fact]
    public async Task The_registers_refusal_is_one_sentence_and_1()
    {
        Script.Refuse<AddBanRequest>(StatusCode.NotFound, "PATRON_UNKNOWN", "No patron has this customer id; look it up first.");

        var printed = await Server.Run("ban", "add", "nobody", "use", "--reason-code", "other");

        Assert.Equal(1, printed.Code);
        Assert.Equal("kiosklink: No patron has this customer id; look it up first. (PATRON_UNKNOWN)\n", printed.Errors);
        Assert.Empty(printed.Output);
    }

    [Theory]
    [InlineData("ban", "add", "1001", "door", "--reason-code", "other")]
    [InlineData("ban", "add", "1001", "use")]
    [InlineData("ban", "add", "1001", "use", "--reason", "x")]
    [InlineData("ban", "add", "1001", "use", "--reason-code", "other", "--until", "tomorrow")]
    [InlineData("ban", "lift", "1001", "use")]
    [InlineData("ban", "reach")]
    [InlineData("ban", "remove", "1001")]
    public async Task A_wrong_command_line_is_2_and_reaches_no_register(params string[] args)
    {
        var printed = await Server.Run(args);

        Assert.Equal(2, printed.Code);
        Assert.StartsWith("kiosklink: ", printed.Errors, StringComparison.Ordinal);
        Assert.Single(printed.Errors.TrimEnd('\n').Split('\n'));
        Assert.Empty(Script.Requests<AddBanRequest>());
    }
}
