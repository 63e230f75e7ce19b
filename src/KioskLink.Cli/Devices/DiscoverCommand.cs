using System.CommandLine;
using System.Globalization;
using System.Text.Json.Nodes;
using Grpc.Core;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Serial;
using KioskLink.Protos.Node.V1;
using FoundDevice = KioskLink.Protos.Node.V1.FoundDevice;

namespace KioskLink.Cli.Devices;

/// <summary><c>device discover</c>: looks for OSDP devices, through a running node or on a port that nothing else uses.</summary>
internal static class DiscoverCommand
{
    private static readonly string[] Columns = ["address", "baud", "maker", "serial", "key", "remark"];

    public static Command Create(Session session)
    {
        var socket = NodeSocket.Optional();
        var line = new Argument<string?>("LINE") { Description = "The line of the running node whose silent devices are looked for.", Arity = ArgumentArity.ZeroOrOne };
        var port = new Option<string?>("--port") { Description = "A serial port that no program uses, instead: every address at every speed.", HelpName = "PATH" };
        var thorough = new Option<bool>("--thorough") { Description = "With --port: try every speed, also after one at which something answered." };
        var command = new Command("discover", "Look for OSDP devices over addresses and speeds; 1 when nothing answers.") { line, port, thorough, socket };
        command.SetAction(async (parsed, stop) => session.Terminal.Show((parsed.GetValue(line), parsed.GetValue(port)) switch
        {
            ({ } bus, null) when parsed.GetValue(socket) is { } path => Answer(await AtNode(session, path, bus, stop)),
            (null, { } path) => Answer(await AtPort(session, path, parsed.GetValue(thorough), stop)),
            _ => throw CommandProblem.Usage("Name a line of the node and give --node-socket PATH, or give --port PATH with the node stopped."),
        }));
        return command;
    }

    private static async Task<IReadOnlyList<FoundDevice>> AtNode(Session session, string socket, string line, CancellationToken stop)
    {
        using var node = session.ConnectNode(socket);
        var found = new List<FoundDevice>();
        await session.Terminal.WithProgress($"Looking for the silent devices of {line}", async tell =>
        {
            using var call = node.Diagnostics.SearchDevices(new SearchDevicesRequest { BusId = line }, cancellationToken: stop);
            await foreach (var response in call.ResponseStream.ReadAllAsync(stop))
            {
                tell(response.Share);
                found.AddRange(response.Found);
            }
        });
        return found;
    }

    private static async Task<IReadOnlyList<FoundDevice>> AtPort(Session session, string path, bool thorough, CancellationToken stop)
    {
        IReadOnlyList<FoundDevice> found = [];
        await session.Terminal.WithProgress($"Looking on {path}", tell => Task.Run(
            () =>
            {
                using var discovery = new OsdpDiscovery(new SerialPort(path, OsdpDiscovery.Bauds[0]), session.Clock);
                var (devices, problem) = discovery.Run(thorough, new Told(tell), stop);
                found = problem is null ? [.. devices.Select(Describe)] : throw new CommandProblem(ExitCode.Refused, "PORT_UNUSABLE", problem.Sentence);
            }, stop));
        return found;
    }

    private static FoundDevice Describe(KioskLink.Devices.Osdp.FoundDevice found) => new()
    {
        Address = found.Address,
        Baud = found.Baud,
        WantsKey = found.WantsKey,
        Disturbed = found.Disturbed,
        Vendor = found.Identity?.Vendor.ToString("X6", CultureInfo.InvariantCulture) ?? "",
        Serial = found.Identity?.Serial.ToString("X8", CultureInfo.InvariantCulture) ?? "",
    };

    private static Answer Answer(IReadOnlyList<FoundDevice> found) => new(
        new JsonObject { ["found"] = ProtoJson.Of(found) },
        Layout.Table(Columns, found.Select(Row), "Nothing answers: check supply, cable and the two wires of the pair."),
        found.Count > 0 ? ExitCode.Done : ExitCode.Refused);

    private static string[] Row(FoundDevice found) =>
    [
        $"{found.Address}",
        $"{found.Baud}",
        found.Vendor,
        found.Serial,
        found.WantsKey ? "wanted" : "",
        found.Disturbed ? "cannot be read: two devices at this address, or disturbed" : "",
    ];

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
