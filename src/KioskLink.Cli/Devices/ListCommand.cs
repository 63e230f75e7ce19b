using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Devices;

/// <summary><c>device list</c>: every device and line with its counters.</summary>
internal static class ListCommand
{
    private static readonly string[] DeviceColumns = ["device", "line", "address", "state", "key", "exchanges", "retries", "silent", "CRC", "MAC", "reply 50/95/99 %"];
    private static readonly string[] LineColumns = ["line", "port", "baud", "protocol", "noise", "zeros", "echo"];

    public static Command Create(Session session)
    {
        var socket = NodeSocket.Required();
        var command = new Command("list", "List devices and lines with their counters; 1 when a device does not answer.") { socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var listed = await node.Diagnostics.ListDevicesAsync(new ListDevicesRequest(), node.Bounded(stop));
            return session.Terminal.Show(new Answer(ProtoJson.Of(listed), Text(listed), listed.Devices.All(device => device.Online) ? ExitCode.Done : ExitCode.Refused));
        });
        return command;
    }

    private static IRenderable Text(ListDevicesResponse listed) => Layout.Stack(
        Layout.Table(DeviceColumns, listed.Devices.Select(Row), "No devices."),
        Layout.Table(LineColumns, listed.Buses.Select(Row), "No lines."));

    private static string[] Row(Device device) =>
    [
        device.DeviceId,
        device.BusId,
        $"{device.Address}",
        device.Online ? "online" : "silent",
        device.KeyProblem.Length > 0 ? "refused" : device.Online ? ProtoJson.Short(device.KeyState).ToLowerInvariant() : "",
        $"{device.Exchanges}",
        $"{device.Retries}",
        $"{device.Silences}",
        $"{device.CrcErrors}",
        $"{device.MacErrors}",
        $"{Milliseconds(device.MedianReply)}/{Milliseconds(device.P95Reply)}/{Milliseconds(device.P99Reply)} ms",
    ];

    private static string[] Row(BusReport line) =>
        [line.BusId, line.Path, $"{line.Baud}", line.Protocol, Percent(line.NoisePercent), Percent(line.ZeroPercent), Percent(line.EchoPercent)];

    private static string Milliseconds(Duration? span) => (span?.ToTimeSpan().TotalMilliseconds ?? 0).ToString("0", CultureInfo.InvariantCulture);

    private static string Percent(double percent) => percent.ToString("0.# '%'", CultureInfo.InvariantCulture);
}
