using System.CommandLine;
using System.Runtime.CompilerServices;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Cli.Devices;

/// <summary>The frames of a node's line through the register: masked, in batches, for five minutes at most.</summary>
internal static class RelayedTrace
{
    private const int FramesMax = 100_000;

    /// <summary>Follows a line until it has shown so many frames.</summary>
    /// <exception cref="CommandProblem">The node does not show it.</exception>
    public static async IAsyncEnumerable<WatchTraceResponse> FollowAsync(
        DevicePlace place, ParseResult parsed, string line, int limit, [EnumeratorCancellation] CancellationToken stop)
    {
        var act = new DeviceAct { Kind = DeviceActKind.WatchTrace, Subject = line, Frames = Math.Min(limit, FramesMax) };
        await foreach (var report in place.WorkAsync(parsed, act, stop))
        {
            if (report.Problem.Length > 0)
                throw new CommandProblem(ExitCode.Refused, "NODE_REFUSED", report.Problem);
            foreach (var step in report.Steps)
                yield return new WatchTraceResponse { Time = step.Time, Sent = step.Sent, Frame = step.Frame, Masked = step.Masked, Missed = step.Missed, Protocol = step.Protocol };
        }
    }
}
