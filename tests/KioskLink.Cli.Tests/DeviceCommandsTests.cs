using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Devices.Virtual;
using KioskLink.Protos.Node.V1;
using KioskLink.Testing;

namespace KioskLink.Cli;

public sealed class DeviceCommandsTests : FakeServerTest
{
    [Fact]
    public async Task A_list_shows_counters_and_lines_and_is_1_while_a_device_is_silent()
    {
        Script.On<ListDevicesRequest>(_ => new ListDevicesResponse
        {
            Devices =
            {
                new Device { DeviceId = "reader", BusId = "bus0", Address = 1, Online = true, KeyState = KeyState.Own, Exchanges = 4711, CrcErrors = 3, P95Reply = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(42)) },
                new Device { DeviceId = "io", BusId = "bus0", Address = 2, KeyProblem = "it holds another key" },
            },
            Buses = { new BusReport { BusId = "bus0", Path = "/dev/ttyUSB0", Baud = 38400, Protocol = "osdp", NoisePercent = 12.5 } },
        });

        var text = await Server.RunAtNode("device", "list");
        var json = await Server.RunAtNode("device", "list", "--json");

        Assert.Equal((1, 1), (text.Code, json.Code));
        Assert.Matches("reader +bus0 +1 +online +own +4711", text.Output);
        Assert.Matches("io +bus0 +2 +silent +refused", text.Output);
        Assert.Contains("12.5 %", text.Output, StringComparison.Ordinal);
        Assert.Equal((4711, 0.042, "OWN"), ((long)json.Json["devices"]![0]!["exchanges"]!, (double)json.Json["devices"]![0]!["p95Reply"]!, (string?)json.Json["devices"]![0]!["keyState"]));
    }

    [Fact]
    public async Task A_probe_says_what_the_states_mean()
    {
        Script.On<ProbeDeviceRequest>(request => new ProbeDeviceResponse
        {
            Result = "Acknowledged",
            ReplyCode = request.Question == Question.Inputs ? 0x49 : 0x48,
            Content = ByteString.CopyFrom(1, 0),
            Took = Duration.FromTimeSpan(TimeSpan.FromMilliseconds(8)),
        });

        Assert.Equal("inputs: 0=on 1=off (8 ms)\n", (await Server.RunAtNode("device", "probe", "io", "--ask", "inputs")).Output.TrimEnd() + "\n");
        Assert.StartsWith("Housing open or torn off, supply in order.", (await Server.RunAtNode("device", "probe", "io")).Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_device_that_does_not_answer_a_probe_is_1()
    {
        Script.On<ProbeDeviceRequest>(_ => new ProbeDeviceResponse { Result = "Unacknowledged", Took = new Duration() });

        var printed = await Server.RunAtNode("device", "probe", "io");

        Assert.Equal(1, printed.Code);
        Assert.StartsWith("No answer: Unacknowledged.", printed.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_change_that_did_not_arrive_is_1_and_says_what_to_do()
    {
        Script.On<RotateKeyRequest>(request => new RotateKeyResponse { Changed = request.DeviceId == "reader", Problem = request.DeviceId == "reader" ? "" : "Look again." });

        Assert.Equal(0, (await Server.RunAtNode("device", "key", "rotate", "reader")).Code);
        var late = await Server.RunAtNode("device", "key", "rotate", "io");
        Assert.Equal((1, "Look again.\n"), (late.Code, late.Output));
    }

    [Fact]
    public async Task A_device_that_the_node_does_not_know_is_named()
    {
        Script.Refuse<ProbeDeviceRequest>(StatusCode.NotFound, "DEVICE_UNKNOWN", "This node has no device attic.");

        var printed = await Server.RunAtNode("device", "probe", "attic");

        Assert.Equal((1, "kiosklink: This node has no device attic. (DEVICE_UNKNOWN)\n"), (printed.Code, printed.Errors));
    }

    [Theory]
    [InlineData("device", "discover")]
    [InlineData("device", "discover", "bus0", "--port", "/dev/ttyUSB0")]
    [InlineData("device", "discover", "bus0")]
    public async Task A_search_needs_either_a_line_of_the_node_or_a_free_port(params string[] args) => Assert.Equal(2, (await CommandLine.Run(args)).Code);

    [Fact]
    public async Task A_port_that_is_not_there_is_said_so()
    {
        using var folder = new TempFolder();

        var printed = await CommandLine.Run("device", "discover", "--port", folder["nothing"]);

        Assert.Equal(1, printed.Code);
        Assert.Contains(folder["nothing"], printed.Errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_free_port_is_searched_and_the_devices_on_it_are_told()
    {
        using var folder = new TempFolder();
        using var line = new VirtualLine(folder["line"], 9600, [new VirtualReader(1, key: null), new VirtualIoModule(5, new byte[16])], TimeProvider.System);

        var printed = await CommandLine.Run("device", "discover", "--port", line.Path, "--json");

        Assert.Equal(0, printed.Code);
        Assert.Equal([(1, 9600), (5, 9600)], printed.Json["found"]!.AsArray().Select(device => ((int)device!["address"]!, (int)device["baud"]!)));
        Assert.True((bool?)printed.Json["found"]![1]!["wantsKey"]);
    }

    [Fact]
    public async Task A_firmware_file_that_is_missing_or_empty_is_a_wrong_command_line()
    {
        using var folder = new TempFolder();
        folder.Write("empty.bin", "");

        Assert.Equal(2, (await Server.RunAtNode("device", "firmware", "send", "reader", folder["empty.bin"])).Code);
        Assert.Equal(2, (await Server.RunAtNode("device", "firmware", "send", "reader", folder["none.bin"])).Code);
    }
}
