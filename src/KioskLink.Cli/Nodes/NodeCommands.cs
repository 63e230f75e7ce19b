using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Cli.Nodes;

/// <summary><c>node enroll|list|status|doctor|revoke</c>.</summary>
internal static class NodeCommands
{
    public static Command Create(Session session) =>
        new("node", "Nodes: the computers at the branches.") { EnrollCommand.Create(session), List(session), Status(session), DoctorCommand.Create(session), Revoke(session) };

    private static Command List(Session session)
    {
        var branch = new Option<string>("--branch") { Description = "Only this branch.", HelpName = "BRANCH", DefaultValueFactory = _ => "" };
        var command = new Command("list", "List nodes.") { branch };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var nodes = await All(register, parsed.GetRequiredValue(branch), stop);
            return new Answer(new JsonObject { ["nodes"] = ProtoJson.Of(nodes) }, NodeTexts.Table(nodes));
        });
        return command;
    }

    private static Command Status(Session session)
    {
        var node = new Argument<string?>("NODE") { Description = "The node, as the register sees it.", Arity = ArgumentArity.ZeroOrOne };
        var socket = NodeSocket.Optional();
        var command = new Command("status", "Tell how a node is.") { node, socket };
        command.SetAction(async (parsed, stop) => session.Terminal.Show((parsed.GetValue(node), parsed.GetValue(socket)) switch
        {
            (null, { } path) => await FromNode(session, path, stop),
            ({ } id, null) => await FromRegister(session, parsed, id, stop),
            _ => throw CommandProblem.Usage("Name the node, or give --node-socket PATH to ask it on its own machine."),
        }));
        return command;
    }

    private static async Task<Answer> FromNode(Session session, string path, CancellationToken stop)
    {
        using var node = session.ConnectNode(path);
        var status = await node.Diagnostics.GetStatusAsync(new GetStatusRequest(), node.Bounded(stop));
        return new Answer(ProtoJson.Of(status), NodeTexts.Of(status), status.Ready ? ExitCode.Done : ExitCode.Refused);
    }

    private static async Task<Answer> FromRegister(Session session, ParseResult parsed, string id, CancellationToken stop)
    {
        using var register = session.Connect(parsed);
        var status = (await All(register, branch: "", stop)).FirstOrDefault(node => node.NodeId == id)
            ?? throw new CommandProblem(ExitCode.Refused, "NODE_UNKNOWN", $"The register knows no node {id}; `kiosklink node list` shows those it knows.");
        return new Answer(ProtoJson.Of(status), NodeTexts.Of(status), status.Connected ? ExitCode.Done : ExitCode.Refused);
    }

    private static Command Revoke(Session session)
    {
        var node = new Argument<string>("NODE") { Description = "The node." };
        var reason = new Option<string>("--reason") { Description = "Why; it is recorded.", HelpName = "TEXT", Required = true };
        var command = new Command("revoke", "Refuse a node's certificate from now on; its streams end within 5 seconds.") { node, reason };
        session.AtRegister(command, async (register, parsed, stop) =>
        {
            var request = new RevokeNodeRequest { NodeId = parsed.GetRequiredValue(node), Reason = parsed.GetRequiredValue(reason) };
            var response = await register.Nodes.RevokeNodeAsync(request, register.Bounded(stop));
            return new Answer(
                new JsonObject { ["nodeId"] = request.NodeId, ["cardsExposed"] = response.CardsExposed },
                Layout.Sentence($"Node {request.NodeId} is revoked. It could check the PINs of {response.CardsExposed} cards: reset them if it was stolen."));
        });
        return command;
    }

    private static Task<IReadOnlyList<NodeStatus>> All(RegisterConnection register, string branch, CancellationToken stop) =>
        RegisterConnection.All<NodeStatus>(async token =>
        {
            var page = await register.Nodes.ListNodesAsync(new ListNodesRequest { BranchId = branch, PageToken = token }, register.Bounded(stop));
            return (page.Nodes, page.NextPageToken);
        });
}
