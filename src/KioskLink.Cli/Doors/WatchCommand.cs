using System.CommandLine;
using Grpc.Core;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Doors;

/// <summary><c>door watch</c>: what happens at the doors of a node, as it happens, on the node's own machine.</summary>
internal static class WatchCommand
{
    private static readonly RecordKind[] OfDoors = [RecordKind.Decision, RecordKind.Outcome, RecordKind.Door, RecordKind.Command, RecordKind.StalePresentation];

    public static Command Create(Session session)
    {
        var socket = NodeSocket.Required();
        var door = new Option<string?>("--door") { Description = "Only this door.", HelpName = "DOOR" };
        var from = new Option<long>("--from") { Description = "First record wanted; without it only new ones.", HelpName = "SEQUENCE" };
        var once = new Option<bool>("--once") { Description = "Stop after the last stored record." };
        var command = new Command("watch", "Print what happens at a node's doors: decisions, locks, contacts, commands; with --json one object a line.") { door, from, once, socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var request = new WatchJournalRequest { FromSequence = parsed.GetValue(from), StopAtEnd = parsed.GetValue(once) };
            using var call = node.Diagnostics.WatchJournal(request, cancellationToken: stop);
            await foreach (var record in call.ResponseStream.ReadAllAsync(stop))
                if (OfDoors.Contains(record.Open.Kind) && (parsed.GetValue(door) ?? record.Open.DoorId) == record.Open.DoorId)
                    session.Terminal.ShowNext(ProtoJson.Of(record.Open), Layout.Sentence(Line(record.Open)));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static string Line(RecordOpen open)
    {
        var words = open.Kind switch
        {
            RecordKind.Decision => $"{ProtoJson.Short(open.Code)} by {ProtoJson.Short(open.Source).ToLowerInvariant()}",
            RecordKind.Outcome => ProtoJson.Short(open.Outcome).ToLowerInvariant().Replace('_', ' '),
            RecordKind.StalePresentation => "a card from before it was listened to: not decided",
            _ => open.Detail,
        };
        return $"{Times.Show(open.Time)}  {open.DoorId,-12} {words}";
    }
}
