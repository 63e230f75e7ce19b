using System.CommandLine;
using System.Runtime.CompilerServices;
using Grpc.Core;
using KioskLink.Cli.Connecting;
using KioskLink.Cli.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Devices;

/// <summary>Where a device command works: at the node's own socket, or through the register at a node that is named, with a reason.</summary>
internal sealed class DevicePlace(Session session)
{
    private readonly Option<string?> _socket = NodeSocket.Optional();
    private readonly Option<string?> _node = new("--node") { Description = "The node, worked on through the register, where you are not on its machine.", HelpName = "NODE" };
    private readonly Option<string?> _reason = new("--reason") { Description = "Why, with --node; it is recorded. Name no patron.", HelpName = "TEXT" };

    /// <summary>Gives a command the options.</summary>
    public Command In(Command command)
    {
        command.Options.Add(_socket);
        command.Options.Add(_node);
        command.Options.Add(_reason);
        command.Validators.Add(given =>
        {
            if (given.GetValue(_node) is null ? (given.GetValue(_socket) ?? NodeSocket.OfEnvironment) is null : string.IsNullOrWhiteSpace(given.GetValue(_reason)))
                given.AddError("Give --node-socket PATH on the node's own machine, or --node NODE and --reason TEXT to work through the register");
        });
        return command;
    }

    /// <summary>The node that is named; null for the one behind the socket.</summary>
    public string? NodeOf(ParseResult parsed) => parsed.GetValue(_node);

    /// <summary>Whether a node is named.</summary>
    public bool IsRelayed(System.CommandLine.Parsing.CommandResult given) => given.GetValue(_node) is not null;

    /// <summary>Why, where a node is named.</summary>
    public string ReasonOf(ParseResult parsed) => parsed.GetValue(_reason) ?? "";

    /// <summary>The connection to the node's socket.</summary>
    public NodeConnection Connect(ParseResult parsed) => session.ConnectNode((parsed.GetValue(_socket) ?? NodeSocket.OfEnvironment)!);

    /// <summary>Has the node work through the register, and tells what comes of it.</summary>
    public async IAsyncEnumerable<DeviceActReport> WorkAsync(ParseResult parsed, DeviceAct act, [EnumeratorCancellation] CancellationToken stop)
    {
        using var register = session.Connect(parsed);
        var request = new WorkOnDeviceRequest { NodeId = NodeOf(parsed), Reason = ReasonOf(parsed), Act = act };
        using var call = register.Nodes.WorkOnDevice(request, cancellationToken: stop);
        await foreach (var response in call.ResponseStream.ReadAllAsync(stop))
            yield return response.Report;
    }

    /// <summary>The same, shown step by step; 1 when it did not come to a good end.</summary>
    public async Task<int> ShowAsync(ParseResult parsed, DeviceAct act, CancellationToken stop)
    {
        var last = new DeviceActReport();
        await foreach (var report in WorkAsync(parsed, act, stop))
        {
            last = report;
            foreach (var step in report.Steps)
                session.Terminal.ShowNext(ProtoJson.Of(step), Layout.Sentence(step.Sentence));
        }
        return last.Problem.Length > 0
            ? session.Terminal.Show(new CommandProblem(ExitCode.Refused, "NODE_REFUSED", last.Problem))
            : (int)(last.Passed ? ExitCode.Done : ExitCode.Refused);
    }
}
