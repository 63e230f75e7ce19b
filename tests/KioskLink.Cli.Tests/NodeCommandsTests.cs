using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class NodeCommandsTests : FakeServerTest
{
    private static readonly CreateEnrollmentResponse Enrollment = new()
    {
        Token = "one-time",
        ExpireTime = Timestamp.FromDateTimeOffset(new DateTimeOffset(2026, 12, 1, 10, 0, 0, TimeSpan.Zero)),
    };

    [Fact]
    public async Task A_token_goes_into_a_file_for_me_alone_and_not_to_the_screen()
    {
        using var folder = new TempFolder();
        Script.On<CreateEnrollmentRequest>(_ => Enrollment);

        var printed = await Server.Run("node", "enroll", "front", "--branch", "A", "--hours", "2", "--out", folder["token"]);

        Assert.Equal(0, printed.Code);
        Assert.DoesNotContain("one-time", printed.Output, StringComparison.Ordinal);
        Assert.Contains("until 2026-12-01 12:00:00", printed.Output, StringComparison.Ordinal);
        Assert.Equal("one-time\n", await File.ReadAllTextAsync(folder["token"]));
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(folder["token"]));
        Assert.Equal(TimeSpan.FromHours(2), Script.Requests<CreateEnrollmentRequest>().Single().ValidFor.ToTimeSpan());
    }

    [Fact]
    public async Task A_token_file_is_never_overwritten_and_no_token_is_wasted()
    {
        using var folder = new TempFolder();

        var printed = await Server.Run("node", "enroll", "front", "--branch", "A", "--out", folder.Write("token", "old"));

        Assert.Equal(2, printed.Code);
        Assert.Empty(Script.Requests<CreateEnrollmentRequest>());
    }

    [Fact]
    public async Task A_list_shows_each_nodes_link_and_alarms()
    {
        Script.On<ListNodesRequest>(_ => new ListNodesResponse
        {
            Nodes =
            {
                new NodeStatus { NodeId = "front", BranchId = "A", Connected = true, Alarms = { "reader cable" } },
                new NodeStatus { NodeId = "stolen", BranchId = "A", Revoked = true, Connected = true },
            },
        });

        var lines = (await Server.Run("node", "list")).Output.Split('\n');

        Assert.Contains(lines, line => line.Contains("front", StringComparison.Ordinal) && line.Contains("reader cable", StringComparison.Ordinal));
        Assert.Contains(lines, line => line.Contains("stolen", StringComparison.Ordinal) && line.Contains("revoked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_nodes_status_comes_from_the_register_or_from_the_node_itself()
    {
        Script.On<ListNodesRequest>(_ => new ListNodesResponse { Nodes = { new NodeStatus { NodeId = "front", Connected = true } } });
        Script.On<GetStatusRequest>(_ => new GetStatusResponse { NodeId = "front", Link = LinkState.Offline, Ready = true });

        var seen = await Server.Run("node", "status", "front", "--json");
        var said = await Server.RunAtNode("node", "status", "--json");
        var unknown = await Server.Run("node", "status", "back");

        Assert.True((bool)seen.Json["connected"]!);
        Assert.Equal("OFFLINE", (string?)said.Json["link"]);
        Assert.Equal((0, 0, 1), (seen.Code, said.Code, unknown.Code));
    }

    [Fact]
    public async Task A_node_that_is_not_ready_is_1()
    {
        Script.On<GetStatusRequest>(_ => new GetStatusResponse { NodeId = "front", Alarms = { "no branch yet" } });

        var printed = await Server.RunAtNode("node", "status");

        Assert.Equal(1, printed.Code);
        Assert.Contains("no branch yet", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_nodes_status_counts_what_machines_asked()
    {
        var machines = new MachineListenersStatus { Addresses = { "127.0.0.1:6001" }, Open = 3, Accepted = 12, Refused = 2, Messages = 480, SentAgain = 5, Failed = 1 };
        Script.On<GetStatusRequest>(_ => new GetStatusResponse { NodeId = "front", Ready = true, Machines = machines });

        var (printed, said) = (await Server.RunAtNode("node", "status"), await Server.RunAtNode("node", "status", "--json"));

        var words = string.Join(' ', printed.Output.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        Assert.Contains("3 connected at 127.0.0.1:6001; since the start 12 connections, 2 refused", words, StringComparison.Ordinal);
        Assert.Equal(480, (int)said.Json["machines"]!["messages"]!);
    }

    [Fact]
    public async Task Revoking_says_how_many_PINs_to_reset()
    {
        Script.On<RevokeNodeRequest>(_ => new RevokeNodeResponse { CardsExposed = 812 });

        var printed = await Server.Run("node", "revoke", "front", "--reason", "stolen");

        Assert.Contains("PINs of 812 cards", printed.Output, StringComparison.Ordinal);
        Assert.Equal("stolen", Script.Requests<RevokeNodeRequest>().Single().Reason);
    }
}
