using System.CommandLine;
using System.Globalization;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Devices;

/// <summary><c>device list</c>: every device and line with its counters.</summary>
internal static class ListCommand
{
    private static readonly string[] DeviceColumns = ["device", "line", "address", "state", "key", "exchanges", "retries", "silent", "CRC", "MAC", "reply 50/95/99 %"];
    private static readonly string[] RelayedColumns = ["device", "line", "state", "key", "exchanges", "retries", "CRC", "MAC", "reply 50/95/99 %"];
    private static readonly string[] LineColumns = ["line", "port", "baud", "protocol", "noise", "zeros", "echo", "lost"];

    public static Command Create(Session session)
    {
        var place = new DevicePlace(session);
        var command = new Command("list", "List devices and lines with their counters; 1 when a device does not answer.");
        command.SetAction(async (parsed, stop) =>
        {
            if (place.NodeOf(parsed) is { } nodeId)
                return session.Terminal.Show(await Relayed(session, parsed, new DiagnoseNodeRequest { NodeId = nodeId, Reason = place.ReasonOf(parsed) }, stop));
            using var node = place.Connect(parsed);
            var listed = await node.Diagnostics.ListDevicesAsync(new ListDevicesRequest(), node.Bounded(stop));
            return session.Terminal.Show(new Answer(ProtoJson.Of(listed), Text(listed), listed.Devices.All(device => device.Online) ? ExitCode.Done : ExitCode.Refused));
        });
        return place.In(command);
    }

    private static async Task<Answer> Relayed(Session session, ParseResult parsed, DiagnoseNodeRequest request, CancellationToken stop)
    {
        using var register = session.Connect(parsed);
        var diagnosis = (await register.Nodes.DiagnoseNodeAsync(request, register.Bounded(stop))).Diagnosis
            ?? throw new CommandProblem(ExitCode.Refused, "NODE_TOO_OLD", $"The program of node {request.NodeId} does not know this question: update it.");
        return new Answer(
            ProtoJson.Of(diagnosis),
            Layout.Table(RelayedColumns, diagnosis.Devices.Select(Row), "No devices."),
            diagnosis.Devices.All(device => device.Online) ? ExitCode.Done : ExitCode.Refused);
    }

    private static string[] Row(DiagnosisDevice device) =>
    [
        device.DeviceId,
        device.BusId,
        device.Online ? "online" : "silent",
        device.KeyProblem.Length > 0 ? "refused" : device.Online ? device.KeyState.ToLowerInvariant() : "",
        $"{device.Exchanges}",
        $"{device.Retries}",
        $"{device.CrcErrors}",
        $"{device.MacErrors}",
        $"{Milliseconds(device.MedianReply)}/{Milliseconds(device.P95Reply)}/{Milliseconds(device.P99Reply)} ms",
    ];

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
        [line.BusId, line.Path, $"{line.Baud}", line.Protocol, Percent(line.NoisePercent), Percent(line.ZeroPercent), Percent(line.EchoPercent), $"{line.EventsDropped}"];

    private static string Milliseconds(Duration? span) => (span?.ToTimeSpan().TotalMilliseconds ?? 0).ToString("0", CultureInfo.InvariantCulture);

    private static string Percent(double percent) => percent.ToString("0.# '%'", CultureInfo.InvariantCulture);
}
