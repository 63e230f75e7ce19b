using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Approvals;

/// <summary><c>approval ask-trace|ask-card|mine|list|grant|refuse</c>: what a technician asks of a second person at a node, and the answer.</summary>
internal static class ApprovalCommands
{
    private static readonly string[] Columns = ["id", "what", "of", "asked by", "why", "state", "until", "answered by", "why so", "file"];

    public static Command Create(Session session) => new("approval", "What a technician may not do alone at a node: ask, and approve as a second person.")
    {
        Ask(session, "ask-trace", "LINE", "Ask for 15 minutes of a line as it is, with cards in it.", ApprovalAct.UnmaskedTrace),
        Ask(session, "ask-card", "DOOR", "Ask for one opening of a door by the virtual technician card.", ApprovalAct.VirtualCard),
        Mine(session),
        List(session),
        Answer(session, "grant", "Approve what a technician asks, as another user of the node's machine.", approved: true),
        Answer(session, "refuse", "Refuse what a technician asks, or end what was approved.", approved: false),
    };

    private static Command Ask(Session session, string name, string subjectName, string description, ApprovalAct act)
    {
        var (socket, reason) = (NodeSocket.Required(), Reason());
        var subject = new Argument<string>(subjectName) { Description = "Its id in node.json." };
        var command = new Command(name, description) { subject, reason, socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var request = new AskApprovalRequest { Act = act, Subject = parsed.GetRequiredValue(subject), Reason = parsed.GetRequiredValue(reason) };
            var asked = (await node.Diagnostics.AskApprovalAsync(request, node.Bounded(stop))).Approval;
            return session.Terminal.Show(new Answer(ProtoJson.Of(asked), Layout.Sentence($"Asked as {asked.ApprovalId}: let a second person run `kiosklink approval grant {asked.ApprovalId}` within 15 minutes.")));
        });
        return command;
    }

    private static Command Mine(Session session)
    {
        var socket = NodeSocket.Required();
        var command = new Command("mine", "List what technicians asked at a node.") { socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            return session.Terminal.Show(Table((await node.Diagnostics.ListApprovalsAsync(new ListApprovalsRequest(), node.Bounded(stop))).Approvals));
        });
        return command;
    }

    private static Command List(Session session)
    {
        var socket = NodeSocket.SecondRole();
        var command = new Command("list", "List what is asked of a second person.") { socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            return session.Terminal.Show(Table((await node.SecondRole.ListRequestsAsync(new ListRequestsRequest(), node.Bounded(stop))).Approvals));
        });
        return command;
    }

    private static Command Answer(Session session, string name, string description, bool approved)
    {
        var (socket, reason) = (NodeSocket.SecondRole(), Reason());
        var id = new Argument<string>("ID") { Description = "What it answers, as `approval list` shows it." };
        var command = new Command(name, description) { id, reason, socket };
        command.SetAction(async (parsed, stop) =>
        {
            using var node = session.ConnectNode(parsed.GetRequiredValue(socket));
            var request = new AnswerRequestRequest { ApprovalId = parsed.GetRequiredValue(id), Approved = approved, Reason = parsed.GetRequiredValue(reason) };
            return session.Terminal.Show(Table([(await node.SecondRole.AnswerRequestAsync(request, node.Bounded(stop))).Approval]));
        });
        return command;
    }

    private static Option<string> Reason() => new("--reason") { Description = "Why; it is recorded. Name no patron.", HelpName = "TEXT", Required = true };

    private static Answer Table(IReadOnlyList<Approval> approvals) => new(
        new JsonObject { ["approvals"] = ProtoJson.Of(approvals) }, Layout.Table(Columns, approvals.Select(Row), "Nothing is asked."));

    private static string[] Row(Approval approval) =>
    [
        approval.ApprovalId,
        approval.Act == ApprovalAct.UnmaskedTrace ? "unmasked trace" : "one opening",
        approval.Subject,
        approval.AskedBy,
        approval.Reason,
        ProtoJson.Short(approval.State).ToLowerInvariant(),
        Times.Show(approval.EndTime),
        approval.AnsweredBy,
        approval.AnswerReason,
        approval.File,
    ];
}
