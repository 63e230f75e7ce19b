using System.CommandLine;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Doors;

/// <summary><c>door test</c>: unlocks a door once while a technician stands before it.</summary>
internal static class TestLockCommand
{
    public static Command Create(Session session)
    {
        var socket = NodeSocket.Required();
        var door = new Argument<string>("DOOR") { Description = "The door's id in node.json." };
        var mayOpen = new Option<bool>("--may-open") { Description = "You stand at the door, and it may open now. Without this nothing moves." };
        var command = new Command("test", "Unlock a door for 3 s to see and hear its lock, on the node's own machine; recorded.") { door, mayOpen, socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var request = new TestRelayRequest { DoorId = parsed.GetRequiredValue(door), DoorMayOpen = parsed.GetValue(mayOpen) };
            var response = await node.Diagnostics.TestRelayAsync(request, node.Bounded(stop));
            return session.Terminal.Show(new Answer(
                ProtoJson.Of(response),
                Layout.Sentence(response.Unlocked ? $"The lock of {request.DoorId} has acknowledged: it is unlocked for 3 s." : response.Problem),
                response.Unlocked ? ExitCode.Done : ExitCode.Refused));
        });
        return command;
    }
}
