using System.CommandLine;
using System.Text.Json.Nodes;
using Grpc.Core;
using KioskLink.Cli.Output;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using Spectre.Console;
using Spectre.Console.Rendering;
using Layout = KioskLink.Cli.Output.Layout;

namespace KioskLink.Cli.Nodes;

/// <summary><c>node doctor</c>: the sheet of what is in order at a node and what is not, with the mend for each.</summary>
internal static class DoctorCommand
{
    private const int CodeColumn = 18;

    public static Command Create(Session session)
    {
        var socket = NodeSocket.Optional();
        var nodeId = new Argument<string?>("NODE") { Description = "The node, asked through the register, where you are not on its machine.", Arity = ArgumentArity.ZeroOrOne };
        var reason = new Option<string?>("--reason") { Description = "Why you look, with NODE; it is recorded.", HelpName = "TEXT" };
        var closed = new Option<bool>("--doors-closed") { Description = "You have looked: every door is closed now. A contact that says open is then wired the wrong way." };
        var command = new Command("doctor", "Examine node, lines, devices and doors; 1 when something fails. A minute where a device is silent.") { nodeId, reason, closed, socket };
        command.SetAction(async (parsed, stop) =>
        {
            return session.Terminal.Show(Sheet((parsed.GetValue(nodeId), parsed.GetValue(socket) ?? NodeSocket.OfEnvironment) switch
            {
                (null, { } path) => await AtNode(session, path, parsed.GetValue(closed), stop),
                ({ } id, _) when parsed.GetValue(reason) is { Length: > 0 } why => await AtRegister(session, parsed, id, why, stop),
                _ => throw CommandProblem.Usage("Give --node-socket PATH on the node's own machine, or name the node and give --reason TEXT to ask it through the register."),
            }));
        });
        return command;
    }

    private static async Task<IReadOnlyList<Check>> AtNode(Session session, string socket, bool doorsClosed, CancellationToken stop)
    {
        using var node = session.ConnectNode(socket);
        var checks = new List<Check>();
        await session.Terminal.WithProgress("Examining the node", async tell =>
        {
            using var call = node.Diagnostics.RunDoctor(new RunDoctorRequest { DoorsClosed = doorsClosed }, cancellationToken: stop);
            await foreach (var response in call.ResponseStream.ReadAllAsync(stop))
            {
                tell(response.Share);
                checks.AddRange(response.Checks);
            }
        });
        return checks;
    }

    private static async Task<IReadOnlyList<Check>> AtRegister(Session session, ParseResult parsed, string nodeId, string reason, CancellationToken stop)
    {
        using var register = session.Connect(parsed);
        var told = await register.Nodes.DiagnoseNodeAsync(new DiagnoseNodeRequest { NodeId = nodeId, Reason = reason }, register.Bounded(stop));
        return told.Diagnosis is { } diagnosis
            ? [.. diagnosis.Checks.Select(Relayed)]
            : throw new CommandProblem(ExitCode.Refused, "NODE_TOO_OLD", $"The program of node {nodeId} does not know this question: update it.");
    }

    private static Check Relayed(DiagnosisCheck check) => new()
    {
        Verdict = check.Verdict switch { "PASS" => Verdict.Pass, "WARN" => Verdict.Warn, _ => Verdict.Fail },
        Code = check.Code,
        Subject = check.Subject,
        Sentence = check.Sentence,
        Mend = check.Mend,
    };

    private static Answer Sheet(IReadOnlyList<Check> checks)
    {
        var (fails, warnings) = (checks.Count(check => check.Verdict == Verdict.Fail), checks.Count(check => check.Verdict == Verdict.Warn));
        var json = new JsonObject { ["passed"] = fails == 0, ["fails"] = fails, ["warnings"] = warnings, ["checks"] = ProtoJson.Of(checks) };
        return new Answer(json, Table(checks, fails, warnings), fails == 0 ? ExitCode.Done : ExitCode.Refused);
    }

    private static IRenderable Table(IReadOnlyList<Check> checks, int fails, int warnings)
    {
        var grid = new Grid().AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap()).AddColumn(new GridColumn().NoWrap().Width(CodeColumn)).AddColumn();
        foreach (var check in checks)
        {
            grid.AddRow(Mark(check.Verdict), new Text(check.Subject), new Text(check.Verdict == Verdict.Pass ? "" : check.Code), new Text(check.Sentence));
            if (check.Mend.Length > 0)
                grid.AddRow(Text.Empty, Text.Empty, new Text("mend:", new Style(decoration: Decoration.Dim)), new Text(check.Mend));
        }
        return Layout.Stack(grid, new Text($"\n{checks.Count - fails - warnings} in order, {warnings} to look at, {fails} to mend.\n", new Style(decoration: Decoration.Bold)));
    }

    private static Text Mark(Verdict verdict) => verdict switch
    {
        Verdict.Pass => new Text("PASS", new Style(Color.Green)),
        Verdict.Warn => new Text("WARN", new Style(Color.Yellow)),
        _ => new Text("FAIL", new Style(Color.Red, decoration: Decoration.Bold)),
    };
}
