using System.CommandLine;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Devices;

/// <summary><c>device key rotate</c>: gives a device a new key of its own.</summary>
internal static class KeyCommands
{
    public static Command Create(Session session) => new("key", "Keys of OSDP devices.") { Rotate(session) };

    private static Command Rotate(Session session)
    {
        var (socket, device) = (NodeSocket.Required(), DeviceCommands.Device());
        var command = new Command("rotate", "Give a device a new random key. It is on disk before it goes out, and the old one is kept until a session with it is up.") { device, socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var id = parsed.GetRequiredValue(device);
            var response = await node.Diagnostics.RotateKeyAsync(new RotateKeyRequest { DeviceId = id }, node.Bounded(stop));
            return session.Terminal.Show(new Answer(
                ProtoJson.Of(response),
                Layout.Sentence(response.Changed ? $"Device {id} has a new key, and a session with it is up." : response.Problem),
                response.Changed ? ExitCode.Done : ExitCode.Refused));
        });
        return command;
    }
}
