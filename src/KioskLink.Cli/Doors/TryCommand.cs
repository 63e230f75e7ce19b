using System.CommandLine;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Doors;

/// <summary><c>door try</c>: the virtual technician card at a door.</summary>
internal static class TryCommand
{
    public static Command Create(Session session)
    {
        var socket = NodeSocket.Required();
        var door = new Argument<string>("DOOR") { Description = "The door's id in node.json." };
        var approval = new Option<string?>("--approval") { Description = "Open the door once, as a second person has approved; without it nothing opens.", HelpName = "ID" };
        var command = new Command("try", "Present the virtual technician card: every step of a decision with its time, on the node's own machine; recorded.") { door, approval, socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var request = new TryCardRequest { DoorId = parsed.GetRequiredValue(door), ApprovalId = parsed.GetValue(approval) ?? "" };
            var response = await node.Diagnostics.TryCardAsync(request, node.Bounded(stop));
            return session.Terminal.Show(new Answer(
                ProtoJson.Of(response),
                Layout.Stack(Layout.Table(["step", "after"], response.Steps.Select(Row), "No step was reached."), Layout.Sentence(Verdict(response))),
                request.ApprovalId.Length == 0 || response.Unlocked ? ExitCode.Done : ExitCode.Refused));
        });
        return command;
    }

    private static string[] Row(StepTime step) => [$"{step.Step}", FormattableString.Invariant($"{step.SinceRead.ToTimeSpan().TotalMilliseconds:0.0} ms")];

    private static string Verdict(TryCardResponse response)
    {
        var decided = $"Decided {ProtoJson.Short(response.Decision.Code)} by {ProtoJson.Short(response.Decision.Source).ToLowerInvariant()}.";
        return response.Unlocked ? $"{decided} The lock has acknowledged: it is unlocked for 3 s." : $"{decided} {response.Problem}";
    }
}
