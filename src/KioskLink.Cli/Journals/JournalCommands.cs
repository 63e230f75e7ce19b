using System.CommandLine;
using System.Text.Json.Nodes;
using Grpc.Core;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using Spectre.Console.Rendering;

namespace KioskLink.Cli.Journals;

/// <summary><c>journal verify|tail</c>, on the node itself.</summary>
internal static class JournalCommands
{
    public static Command Create(Session session) =>
        new("journal", "A node's journal, on the node's own machine.") { Verify(session), Tail(session) };

    private static Command Verify(Session session)
    {
        var socket = NodeSocket.Required();
        var command = new Command("verify", "Check the journal's hash chain; 1 when a record was altered, removed or reordered.") { socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var found = await node.Diagnostics.VerifyJournalAsync(new VerifyJournalRequest(), node.Bounded(stop));
            return session.Terminal.Show(new Answer(
                ProtoJson.Of(found),
                Layout.Sentence(found.Intact
                    ? $"Journal {found.JournalId} is intact from record {found.FirstSequence} to {found.LastSequence}."
                    : $"Journal {found.JournalId} breaks at record {found.BrokenAt}: {found.Problem}"),
                found.Intact ? ExitCode.Done : ExitCode.Refused));
        });
        return command;
    }

    private static Command Tail(Session session)
    {
        var socket = NodeSocket.Required();
        var from = new Option<long>("--from") { Description = "First record wanted; without it only new ones.", HelpName = "SEQUENCE" };
        var once = new Option<bool>("--once") { Description = "Stop after the last stored record." };
        var command = new Command("tail", "Print records as they become durable; with --json one object a line.") { socket, from, once };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var request = new WatchJournalRequest { FromSequence = parsed.GetValue(from), StopAtEnd = parsed.GetValue(once) };
            using var call = node.Diagnostics.WatchJournal(request, cancellationToken: stop);
            await foreach (var record in call.ResponseStream.ReadAllAsync(stop))
                session.Terminal.ShowNext(Json(record), Line(record));
            return (int)ExitCode.Done;
        });
        return command;
    }

    private static JsonObject Json(WatchJournalResponse record)
    {
        var json = ProtoJson.Of(record.Open);
        json.Insert(0, "sequence", record.Sequence);
        json["hash"] = Convert.ToHexStringLower(record.Hash.Span);
        return json;
    }

    private static IRenderable Line(WatchJournalResponse record)
    {
        var open = record.Open;
        var words = new[]
        {
            $"{record.Sequence,8}",
            Times.Show(open.Time),
            ProtoJson.Short(open.Kind),
            open.DoorId,
            open.Code == 0 ? "" : ProtoJson.Short(open.Code),
            open.Source == 0 ? "" : ProtoJson.Short(open.Source),
            open.Outcome == 0 ? "" : ProtoJson.Short(open.Outcome),
            open.Detail,
        };
        return Layout.Sentence(string.Join("  ", words.Where(word => word.Length > 0)));
    }
}
