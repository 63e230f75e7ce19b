using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Nodes;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Commands;

/// <summary>Carries commands to connected nodes and waits for what became of them. Nothing is kept for a node that is away. Thread-safe.</summary>
internal sealed class DoorCommands(RegisterCore core, NodeSessions sessions)
{
    /// <summary>How long a command may take; a node never carries out an older one.</summary>
    public static readonly TimeSpan Validity = TimeSpan.FromSeconds(5);

    /// <summary>Commands that may wait for one node.</summary>
    public const int QueueMax = 16;

    /// <summary>Reports of one work that may wait for its caller; a work whose caller is slower than that ends.</summary>
    public const int ReportsMax = 64;

    /// <summary>How long one step of a work may take: a device is waited for a minute.</summary>
    public static readonly TimeSpan StepMax = TimeSpan.FromSeconds(75);

    private readonly ConcurrentDictionary<(string NodeId, string CommandId), ChannelWriter<DeviceActReport>> _works = new();
    private readonly ConcurrentDictionary<string, Line> _lines = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<(string NodeId, string CommandId), TaskCompletionSource<ReportStatusRequest>> _waiting = new();

    /// <summary>Serves a node's stream of commands.</summary>
    public Task ServeAsync(IServerStreamWriter<ReceiveCommandsResponse> stream, CallerIdentity caller, CancellationToken call) =>
        sessions.ServeAsync(caller.Name, SessionKind.Commands, async ended =>
        {
            var line = new Line(caller.BranchId!, Channel.CreateBounded<ReceiveCommandsResponse>(QueueMax));
            _lines[caller.Name] = line;
            try
            {
                await foreach (var command in line.Queue.Reader.ReadAllAsync(ended))
                    await stream.WriteAsync(command, ended);
            }
            finally
            {
                _lines.TryRemove(KeyValuePair.Create(caller.Name, line));
            }
        }, call);

    /// <summary>Takes a node's answer to a command; false for one that nobody waits for any more, which is dropped.</summary>
    public bool Answer(string nodeId, ReportStatusRequest report)
    {
        if (_works.TryGetValue((nodeId, report.CommandId), out var work)) return work.TryWrite(report.DeviceAct ?? TooOld());
        return _waiting.TryRemove((nodeId, report.CommandId), out var waiting) && waiting.TrySetResult(report);
    }

    /// <summary>Has a node work on its devices, and tells what comes of it until that ends. The node ends it when nobody listens any more.</summary>
    /// <exception cref="RpcException">UNAVAILABLE when it is not connected, DEADLINE_EXCEEDED when it did not answer in time.</exception>
    public async IAsyncEnumerable<DeviceActReport> WorkAsync(
        string nodeId, DeviceAct act, string reason, CallerIdentity caller, [EnumeratorCancellation] CancellationToken cancel)
    {
        var line = Connected(nodeId);
        var command = NewCommand();
        (command.Command, command.DeviceAct, command.Role, command.Reason) = (DoorCommand.State, act, RoleNames.Of(caller.Role), reason);
        var reports = Channel.CreateBounded<DeviceActReport>(ReportsMax);
        _works[(nodeId, command.CommandId)] = reports.Writer;
        try
        {
            var report = line.Queue.Writer.TryWrite(command) ? await NextAsync(reports.Reader, Validity, cancel) : null;
            while (report is not null)
            {
                yield return report;
                if (report.Done) yield break;
                report = await NextAsync(reports.Reader, StepMax, cancel);
            }
            throw Refused.With(StatusCode.DeadlineExceeded, "COMMAND_EXPIRED", "The node did not answer in time; what was asked has expired.");
        }
        finally
        {
            _works.TryRemove((nodeId, command.CommandId), out _);
        }
    }

    /// <summary>Commands the doors of a branch through every node of it that is connected.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, NOT_FOUND, UNAVAILABLE when no node is connected, DEADLINE_EXCEEDED when none answered in time.</exception>
    public async Task<CommandDoorResponse> SendAsync(CommandDoorRequest request, CallerIdentity caller, CancellationToken cancel)
    {
        Check(request);
        var nodes = _lines.Where(line => line.Value.BranchId == request.BranchId).ToList();
        if (nodes.Count == 0)
            throw Refused.With(StatusCode.Unavailable, "NODE_AWAY", $"No node of the branch '{request.BranchId}' is connected, so nothing was commanded; look at the node or its network.");

        var answers = await Task.WhenAll(nodes.Select(node => AskAsync(node.Key, node.Value, request, caller, cancel)));
        var reports = answers.OfType<ReportStatusRequest>().ToList();
        if (reports.Count == 0)
            throw Refused.With(StatusCode.DeadlineExceeded, "COMMAND_EXPIRED", "The node did not answer within 5 s; the command has expired and will not be carried out later.");
        var response = new CommandDoorResponse();
        response.Doors.AddRange(reports.SelectMany(report => report.Doors));
        return response;
    }

    /// <summary>Asks every connected node of a branch to prove that it enforces a ban there; null for one that did not answer.</summary>
    public async Task<IReadOnlyList<(string NodeId, ReportStatusRequest? Report)>> ProveBanAsync(string branchId, CallerIdentity caller, CancellationToken cancel)
    {
        var request = new CommandDoorRequest { BranchId = branchId, Command = DoorCommand.ProveBan, Reason = "health check" };
        var asked = _lines.Where(line => line.Value.BranchId == branchId)
            .Select(async line => (line.Key, await AskAsync(line.Key, line.Value, request, caller, cancel)));
        return await Task.WhenAll(asked);
    }

    /// <summary>Asks a node what it holds of a card; null when it is not connected or does not answer in time.</summary>
    /// <param name="nodeId">The node.</param>
    /// <param name="token">The card's token under the node's key.</param>
    /// <param name="cancel">Gives up.</param>
    public async Task<TokenHoldings?> AskHoldingsAsync(string nodeId, byte[] token, CancellationToken cancel)
    {
        if (!_lines.TryGetValue(nodeId, out var line)) return null;
        var command = NewCommand();
        (command.Command, command.Token) = (DoorCommand.State, ByteString.CopyFrom(token));
        return (await AskAsync(nodeId, line, command, cancel))?.Holdings;
    }

    /// <summary>Asks a node how its lines, devices and doors are; no door moves. Null from a node that is too old to know the question.</summary>
    /// <exception cref="RpcException">UNAVAILABLE when it is not connected, DEADLINE_EXCEEDED when it did not answer in time.</exception>
    public async Task<NodeDiagnosis?> DiagnoseAsync(string nodeId, string reason, CallerIdentity caller, CancellationToken cancel)
    {
        var line = Connected(nodeId);
        var command = NewCommand();
        (command.Command, command.Diagnose, command.Role, command.Reason) = (DoorCommand.State, true, RoleNames.Of(caller.Role), reason);
        var report = await AskAsync(nodeId, line, command, cancel)
            ?? throw Refused.With(StatusCode.DeadlineExceeded, "COMMAND_EXPIRED", "The node did not answer within 5 s; the question has expired.");
        return report.Diagnosis;
    }

    private Line Connected(string nodeId) => _lines.TryGetValue(nodeId, out var line)
        ? line
        : throw Refused.With(StatusCode.Unavailable, "NODE_AWAY", $"The node '{nodeId}' is not connected; look at the node or its network.");

    private async Task<DeviceActReport?> NextAsync(ChannelReader<DeviceActReport> reports, TimeSpan patience, CancellationToken cancel)
    {
        try
        {
            return await reports.ReadAsync(cancel).AsTask().WaitAsync(patience, core.Time, cancel);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }

    private static DeviceActReport TooOld() => new() { Done = true, Problem = "The program of the node does not know this work: update it." };

    private Task<ReportStatusRequest?> AskAsync(string nodeId, Line line, CommandDoorRequest request, CallerIdentity caller, CancellationToken cancel)
    {
        var command = NewCommand();
        (command.Command, command.DoorId, command.Reason) = (request.Command, request.DoorId, request.Reason);
        command.Role = RoleNames.Of(caller.Role);
        command.BranchId = request.Command == DoorCommand.ProveBan ? request.BranchId : "";
        return AskAsync(nodeId, line, command, cancel);
    }

    private ReceiveCommandsResponse NewCommand() => new()
    {
        CommandId = Guid.NewGuid().ToString("N"),
        ExpireTime = (core.Now() + Duration.FromTimeSpan(Validity)).ToProto(),
    };

    private async Task<ReportStatusRequest?> AskAsync(string nodeId, Line line, ReceiveCommandsResponse command, CancellationToken cancel)
    {
        var waiting = new TaskCompletionSource<ReportStatusRequest>(TaskCreationOptions.RunContinuationsAsynchronously);
        _waiting[(nodeId, command.CommandId)] = waiting;
        try
        {
            return line.Queue.Writer.TryWrite(command) ? await waiting.Task.WaitAsync(Validity, core.Time, cancel) : null;
        }
        catch (TimeoutException)
        {
            return null;
        }
        finally
        {
            _waiting.TryRemove((nodeId, command.CommandId), out _);
        }
    }

    private void Check(CommandDoorRequest request)
    {
        if (core.Index.Branch(request.BranchId) is not { } branch)
            throw Refused.With(StatusCode.NotFound, "BRANCH_UNKNOWN", $"There is no branch '{request.BranchId}'.");
        if (request.Command is DoorCommand.Unspecified or DoorCommand.ProveBan || !Enum.IsDefined(request.Command))
            throw Refused.With(StatusCode.InvalidArgument, "COMMAND", "command must be open, lockdown, release, confirm-staff or state.");
        if (request.Command != DoorCommand.State && string.IsNullOrWhiteSpace(request.Reason))
            throw Refused.With(StatusCode.InvalidArgument, "REASON", "reason must say why.");
        if (request.DoorId.Length == 0 ? request.Command == DoorCommand.Open : branch.Policy.Doors.All(door => door.Id != request.DoorId))
            throw Refused.With(StatusCode.InvalidArgument, "DOOR_ID", $"door_id must name a door of the branch '{request.BranchId}'.");
    }

    private sealed record Line(string BranchId, Channel<ReceiveCommandsResponse> Queue);
}
