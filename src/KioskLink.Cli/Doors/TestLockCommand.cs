using System.CommandLine;
using KioskLink.Cli.Devices;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Doors;

/// <summary><c>door test</c>: unlocks a door once while a technician stands before it.</summary>
internal static class TestLockCommand
{
    public static Command Create(Session session)
    {
        var place = new DevicePlace(session);
        var door = new Argument<string>("DOOR") { Description = "The door's id in node.json." };
        var mayOpen = new Option<bool>("--may-open") { Description = "You stand at the door, and it may open now. Without this nothing moves." };
        var command = new Command("test", "Unlock a door for 3 s to see and hear its lock, while somebody stands before it; recorded.") { door, mayOpen };
        command.SetAction(async (parsed, stop) =>
        {
            if (place.NodeOf(parsed) is not null)
                return await place.ShowAsync(parsed, new DeviceAct { Kind = DeviceActKind.TestLock, Subject = parsed.GetRequiredValue(door), DoorMayOpen = parsed.GetValue(mayOpen) }, stop);
            using var node = place.Connect(parsed);
            var request = new TestRelayRequest { DoorId = parsed.GetRequiredValue(door), DoorMayOpen = parsed.GetValue(mayOpen) };
            var response = await node.Diagnostics.TestRelayAsync(request, node.Bounded(stop));
            return session.Terminal.Show(new Answer(
                ProtoJson.Of(response),
                Layout.Sentence(response.Unlocked ? $"The lock of {request.DoorId} has acknowledged: it is unlocked for 3 s." : response.Problem),
                response.Unlocked ? ExitCode.Done : ExitCode.Refused));
        });
        return place.In(command);
    }
}
