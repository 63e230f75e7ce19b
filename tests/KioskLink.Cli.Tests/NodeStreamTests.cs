using System.Security.Cryptography;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

/// <summary>What goes on at a node, over its real socket: doors, the branch, a line, a file on its way.</summary>
public sealed class NodeStreamTests : FakeServerTest
{
    private static readonly byte[] Poll = Convert.FromHexString("530108000460BA00");

    [Fact]
    public async Task The_watch_of_a_door_shows_its_records_alone_and_no_others()
    {
        Script.Journal = request => request is { FromSequence: 3, StopAtEnd: true }
            ?
            [
                Record(new RecordOpen { Kind = RecordKind.Decision, DoorId = "front", Code = DecisionCode.Granted, Source = Source.Replica }),
                Record(new RecordOpen { Kind = RecordKind.Decision, DoorId = "back", Code = DecisionCode.CardLost, Source = Source.Register }),
                Record(new RecordOpen { Kind = RecordKind.Alarm, DoorId = "front", Detail = "an alarm" }),
                Record(new RecordOpen { Kind = RecordKind.Outcome, DoorId = "front", Outcome = Outcome.Unlocked }),
                Record(new RecordOpen { Kind = RecordKind.StalePresentation, DoorId = "front" }),
            ]
            : [];

        var text = await Server.RunAtNode("door", "watch", "--door", "front", "--from", "3", "--once");
        var json = await Server.RunAtNode("door", "watch", "--from", "3", "--once", "--json");

        Assert.Equal((0, 0), (text.Code, json.Code));
        Assert.Matches("front +GRANTED by replica\\n.*front +unlocked\\n.*front +a card from before it was listened to: not decided\\n$", text.Output);
        Assert.DoesNotContain("CARD_LOST", text.Output, StringComparison.Ordinal);
        Assert.Equal(["front", "back", "front", "front"], json.JsonLines.Select(line => (string?)line["doorId"]));
    }

    [Fact]
    public async Task The_state_of_a_branch_comes_from_its_node_and_is_1_before_the_first_sync()
    {
        var status = new GetStatusResponse { BranchId = "A", BranchState = "SelfService", Link = LinkState.Offline, Doors = { new DoorStatus { DoorId = "front", State = "Locked" } } };
        Script.On<GetStatusRequest>(_ => status);

        var known = await Server.RunAtNode("branch", "state");
        var json = await Server.RunAtNode("branch", "state", "--json");
        status.BranchState = "";
        var unknown = await Server.RunAtNode("branch", "state");

        Assert.Equal((0, 0, 1), (known.Code, json.Code, unknown.Code));
        Assert.Matches("(?s)state +SelfService.*doors +front Locked.*link +OFFLINE", known.Output);
        Assert.Equal(("SelfService", "OFFLINE"), ((string?)json.Json["state"], (string?)json.Json["link"]));
        Assert.Contains("not known before the first sync", unknown.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_trace_names_OSDP_frames_and_shows_other_protocols_as_they_are_spelt()
    {
        Script.Trace = request => request.BusId == "bus0" ? [Frame("osdp", Poll)] : [Frame("scanner", "20000000000006\r"u8.ToArray(), masked: true)];

        var line = await Server.RunAtNode("device", "trace", "bus0");
        var json = await Server.RunAtNode("device", "trace", "bus0", "--json");
        var scanner = await Server.RunAtNode("device", "trace", "desk");

        Assert.Equal((0, 0, 0), (line.Code, json.Code, scanner.Code));
        Assert.Matches("-> +1 #0 POLL +530108000460ba00\\n", line.Output);
        Assert.Equal("POLL", (string?)json.Json["name"]);
        Assert.Matches("-> scanner masked 32303030303030303030303030360d\\n", scanner.Output);
    }

    [Fact]
    public async Task A_trace_into_a_file_ends_with_its_count_and_can_be_replayed()
    {
        using var folder = new TempFolder();
        Script.Trace = _ => Enumerable.Repeat(Frame("osdp", Poll), 5);

        var printed = await Server.RunAtNode("device", "trace", "bus0", "--frames", "3", "--out", folder["bus0.osdpcap"]);
        var replayed = await CommandLine.Run("device", "replay", folder["bus0.osdpcap"], "--json");

        Assert.Equal((0, $"3 frames are in {folder["bus0.osdpcap"]}.\n"), (printed.Code, printed.Output));
        Assert.Equal(3, (int)replayed.Json["frames"]!);
    }

    [Fact]
    public async Task A_trace_of_another_protocol_makes_no_OSDP_file_and_says_what_to_do()
    {
        using var folder = new TempFolder();
        Script.Trace = _ => [Frame("scanner", "20000000000006\r"u8.ToArray(), masked: true)];

        var printed = await Server.RunAtNode("device", "trace", "desk", "--out", folder["desk.osdpcap"]);

        Assert.Equal(2, printed.Code);
        Assert.Contains("The line desk speaks scanner, and an .osdpcap file holds OSDP alone: leave --out away", printed.Errors, StringComparison.Ordinal);
        Assert.False(File.Exists(folder["desk.osdpcap"]));
    }

    [Fact]
    public async Task A_file_reaches_the_node_whole_in_several_pieces()
    {
        using var folder = new TempFolder();
        var content = RandomNumberGenerator.GetBytes(150_000);
        await File.WriteAllBytesAsync(folder["reader.bin"], content);

        var printed = await Server.RunAtNode("device", "firmware", "send", "reader", folder["reader.bin"], "--type", "130");

        Assert.Equal((0, "Device reader has the file and is done with it.\n"), (printed.Code, printed.Output));
        Assert.Equal(content, Script.Sent);
        var start = Script.Requests<FileStart>().Single();
        Assert.Equal(("reader", 130, false), (start.DeviceId, start.Type, start.MayGoInClear));
        Assert.Equal(SHA256.HashData(content), start.Sha256.ToByteArray());
    }

    private static WatchJournalResponse Record(RecordOpen open) => new() { Open = open };

    private static WatchTraceResponse Frame(string protocol, byte[] frame, bool masked = false) =>
        new() { Time = new Timestamp { Seconds = 1_800_000_000 }, Sent = true, Frame = ByteString.CopyFrom(frame), Masked = masked, Protocol = protocol };
}
