using System.CommandLine;
using System.Security.Cryptography;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Devices.Osdp;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Devices;

/// <summary><c>device firmware send</c>: a file for a device, with progress.</summary>
internal static class FirmwareCommands
{
    private const int ChunkBytes = 64 * 1024;

    public static Command Create(Session session) => new("firmware", "Programs inside OSDP devices.") { Send(session) };

    private static Command Send(Session session)
    {
        var (socket, device) = (NodeSocket.Required(), DeviceCommands.Device());
        var file = new Argument<FileInfo>("FILE") { Description = "The file from the device's maker." };
        var type = new Option<int>("--type") { Description = "The maker's kind of file, 128 to 255; 1 where the maker names none.", HelpName = "NUMBER", DefaultValueFactory = _ => 1 };
        var clear = new Option<bool>("--may-go-in-clear") { Description = "Send it outside the secure channel if the device wants that: anyone on the line reads it." };
        var command = new Command("send", "Send a file to a device. It goes on where it stopped when the device was away.") { device, file, type, clear, socket };
        command.SetAction(async (parsed, stop) =>
        {
            var content = Read(parsed.GetRequiredValue(file));
            var start = new FileStart
            {
                DeviceId = parsed.GetRequiredValue(device),
                Size = content.Length,
                Sha256 = ByteString.CopyFrom(SHA256.HashData(content)),
                Type = parsed.GetValue(type),
                MayGoInClear = parsed.GetValue(clear),
            };
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var last = new SendFileResponse();
            await session.Terminal.WithProgress($"Sending to {start.DeviceId}", async tell => last = await Send(node.Diagnostics, start, content, tell, stop));
            return session.Terminal.Show(Told(start.DeviceId, last));
        });
        return command;
    }

    private static byte[] Read(FileInfo file)
    {
        if (!file.Exists || file.Length is 0 or > OsdpLimits.LargestFile)
            throw CommandProblem.Usage($"{file.Name} is missing, empty or larger than {OsdpLimits.LargestFile} bytes: name the file from the device's maker.");
        return File.ReadAllBytes(file.FullName);
    }

    private static async Task<SendFileResponse> Send(
        DiagnosticsService.DiagnosticsServiceClient node, FileStart start, byte[] content, Action<double> tell, CancellationToken stop)
    {
        using var call = node.SendFile(cancellationToken: stop);
        await call.RequestStream.WriteAsync(new SendFileRequest { Start = start }, stop);
        for (var at = 0; at < content.Length; at += ChunkBytes)
            await call.RequestStream.WriteAsync(new SendFileRequest { Chunk = ByteString.CopyFrom(content.AsSpan(at, Math.Min(ChunkBytes, content.Length - at))) }, stop);
        await call.RequestStream.CompleteAsync();
        var last = new SendFileResponse();
        await foreach (var response in call.ResponseStream.ReadAllAsync(stop))
        {
            last = response;
            tell((double)response.Taken / Math.Max(response.Total, 1));
        }
        return last;
    }

    private static Answer Told(string device, SendFileResponse last) => new(
        ProtoJson.Of(last),
        Layout.Sentence(last.Result switch
        {
            "Taken" => $"Device {device} has the file and is done with it.",
            "Rebooting" => $"Device {device} has the file and starts anew with it.",
            "NotSupported" => $"Device {device} knows no files: use its maker's tool.",
            "WantsClear" => $"Device {device} takes the file only in clear: give --may-go-in-clear on a bench where nobody listens.",
            "Unrecognised" or "Malformed" => $"Device {device} does not take this file ({last.Result}): check that it is for this model.",
            "Lost" => $"Device {device} was away too long or too often: mend its line, then send the file again.",
            "NotSent" => $"Another file is on its way to device {device}: wait for its end.",
            _ => $"Device {device} ended it ({last.Result}): send the file again.",
        }),
        last.Result is "Taken" or "Rebooting" ? ExitCode.Done : ExitCode.Refused);
}
