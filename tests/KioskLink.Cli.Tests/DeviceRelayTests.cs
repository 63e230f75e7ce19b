using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli;

/// <summary>Device commands from headquarters: through the register, at a node that is named, with a reason.</summary>
public sealed class DeviceRelayTests : FakeServerTest
{
    [Theory]
    [InlineData(DeviceActKind.Probe, "io", "device", "probe", "io", "--ask", "inputs")]
    [InlineData(DeviceActKind.TestReader, "reader", "device", "test", "reader", "--keys-for", "0")]
    [InlineData(DeviceActKind.TestReplug, "reader", "device", "replug", "reader")]
    [InlineData(DeviceActKind.TestLock, "front", "door", "test", "front", "--may-open")]
    public async Task Each_verb_is_its_work_and_its_steps_are_shown(DeviceActKind kind, string subject, params string[] args)
    {
        Script.Work = _ => [Step("look and listen now"), new DeviceActReport { Done = true, Passed = true }];

        var printed = await Server.Run([.. args, "--node", "renkomaki", "--reason", "a slow reader"]);

        Assert.Equal((0, "look and listen now\n"), (printed.Code, printed.Output));
        var asked = Script.Requests<WorkOnDeviceRequest>().Single();
        Assert.Equal((kind, subject, "renkomaki", "a slow reader"), (asked.Act.Kind, asked.Act.Subject, asked.NodeId, asked.Reason));
        Assert.Equal((kind == DeviceActKind.TestLock, kind == DeviceActKind.Probe ? DeviceQuestion.Inputs : DeviceQuestion.Unspecified), (asked.Act.DoorMayOpen, asked.Act.Question));
    }

    [Fact]
    public async Task What_the_node_does_not_do_is_1_with_its_words()
    {
        Script.Work = _ => [new DeviceActReport { Done = true, Problem = "This node has no device attic." }];

        var printed = await Server.Run("device", "test", "attic", "--node", "renkomaki", "--reason", "a look");

        Assert.Equal((1, "kiosklink: This node has no device attic.\n"), (printed.Code, printed.Errors));
    }

    [Fact]
    public async Task A_trace_from_afar_prints_each_frame_and_keeps_a_file_as_at_the_node()
    {
        using var folder = new Testing.TempFolder();
        Script.Work = _ => [Frames(true, 0x53, 0x01), Frames(false, 0x53, 0x81), new DeviceActReport { Done = true, Passed = true }];

        var printed = await Server.Run("device", "trace", "bus0", "--node", "renkomaki", "--reason", "a look", "--frames", "2");
        var kept = await Server.Run("device", "trace", "bus0", "--node", "renkomaki", "--reason", "a look", "--out", folder["bus0.osdpcap"]);

        Assert.Equal((0, 0), (printed.Code, kept.Code));
        Assert.Matches("-> .*5301\n.*<- .*5381\n", printed.Output);
        Assert.Equal(2, (await File.ReadAllLinesAsync(folder["bus0.osdpcap"])).Length);
        Assert.Equal(2, Script.Requests<WorkOnDeviceRequest>()[0].Act.Frames);
    }

    [Fact]
    public async Task The_list_from_afar_is_1_while_a_device_is_silent()
    {
        Script.On<DiagnoseNodeRequest>(_ => new DiagnoseNodeResponse
        {
            Diagnosis = new NodeDiagnosis { Devices = { new DiagnosisDevice { DeviceId = "reader", BusId = "bus0", Exchanges = 4711, KeyProblem = "it holds another key", MedianReply = Milliseconds(21), P95Reply = Milliseconds(42), P99Reply = Milliseconds(84) } } },
        });

        var printed = await Server.Run("device", "list", "--node", "renkomaki", "--reason", "a look");

        Assert.Equal(1, printed.Code);
        Assert.Matches("reader +bus0 +silent +refused +4711 .*21/42/84 ms", printed.Output);
    }

    [Theory]
    [InlineData("device", "probe", "io", "--node", "renkomaki")]
    [InlineData("device", "trace", "bus0", "--node", "renkomaki", "--reason", "why", "--approval", "a1b2")]
    public async Task Working_from_afar_needs_a_reason_and_shows_nothing_unmasked(params string[] args) =>
        Assert.Equal(2, (await Server.Run(args)).Code);

    private static Duration Milliseconds(int count) => Duration.FromTimeSpan(TimeSpan.FromMilliseconds(count));

    private static DeviceActReport Step(string sentence) => new() { Steps = { new DeviceActStep { Sentence = sentence } } };

    private static DeviceActReport Frames(bool sent, params byte[] frame) =>
        new() { Steps = { new DeviceActStep { Time = new Timestamp { Seconds = 1_800_000_000 }, Sent = sent, Frame = ByteString.CopyFrom(frame), Protocol = "osdp" } } };
}
