using System.CommandLine;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Branches;

/// <summary><c>branch state</c>: what the branch is now, as its node follows it, with or without a network.</summary>
internal static class StateCommand
{
    public static Command Create(Session session)
    {
        var socket = NodeSocket.Required();
        var command = new Command("state", "Tell a branch's state (staffed, self-service, closed, suspended) and its doors, from its node; 1 before the first sync.") { socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var status = await node.Diagnostics.GetStatusAsync(new GetStatusRequest(), node.Bounded(stop));
            return session.Terminal.Show(Told(status));
        });
        return command;
    }

    private static Answer Told(GetStatusResponse status) => new(
        new System.Text.Json.Nodes.JsonObject
        {
            ["branchId"] = status.BranchId,
            ["state"] = status.BranchState,
            ["doors"] = ProtoJson.Of(status.Doors),
            ["link"] = ProtoJson.Short(status.Link),
        },
        Layout.Fields(
            ("branch", status.BranchId),
            ("state", status.BranchState.Length > 0 ? status.BranchState : "not known before the first sync"),
            ("doors", string.Join(", ", status.Doors.Select(door => $"{door.DoorId} {door.State}"))),
            ("link", ProtoJson.Short(status.Link))),
        status.BranchState.Length > 0 ? ExitCode.Done : ExitCode.Refused);
}
