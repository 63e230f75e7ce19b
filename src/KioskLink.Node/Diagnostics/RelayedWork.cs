using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using KioskLink.Node.Buses;
using KioskLink.Node.Clock;
using KioskLink.Node.RegisterLink;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Diagnostics;

/// <summary>
/// Works on devices, lines and doors for a technician whom the register has let in: the same tests as at the node's own socket, each once, none after
/// its end, each on record. Thread-safe.
/// </summary>
internal sealed class RelayedWork(
    DeviceLines lines, DeviceDesk desk, ReaderTest readers, RelayTest relays, ReplugTest replugs, TraceWatch traces, StatusReporter status, TechnicianLog log, NodeClock clock, TimeProvider time)
{
    /// <summary>How long a trace through the register may last.</summary>
    public static readonly TimeSpan TraceMax = TimeSpan.FromMinutes(5);

    /// <summary>How many frames go in one report.</summary>
    public const int BatchMax = 500;

    /// <summary>How many works run at once; more are refused.</summary>
    public const int WorksMax = 4;

    private static readonly TimeSpan BatchEvery = TimeSpan.FromMilliseconds(250);
    private int _works;

    /// <summary>Carries an act out and reports how far it is, until it ends or nobody waits for it any more.</summary>
    public async Task CarryOutAsync(ReceiveCommandsResponse command, CancellationToken stopping)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        try
        {
            if (Interlocked.Increment(ref _works) > WorksMax)
                await status.ReportAsync(command.CommandId, Refused($"{WorksMax} works are under way at this node: wait for the end of one."), stopping);
            else if (command.ExpireTime?.FromProto() <= clock.Now)
                await status.ReportAsync(command.CommandId, Refused("The command came too late and was not carried out: give it again."), stopping);
            else
                await foreach (var report in RunAsync(command, ending.Token))
                    if (!await status.ReportAsync(command.CommandId, report, stopping))
                        await ending.CancelAsync();
        }
        catch (OperationCanceledException) when (ending.IsCancellationRequested)
        {
            // Nobody waits any more, or the node stops.
        }
        catch (RpcException refused)
        {
            await status.ReportAsync(command.CommandId, Refused(refused.Status.Detail), stopping);
        }
        finally
        {
            Interlocked.Decrement(ref _works);
        }
    }

    private async IAsyncEnumerable<DeviceActReport> RunAsync(ReceiveCommandsResponse command, [EnumeratorCancellation] CancellationToken ending)
    {
        var (act, who) = (command.DeviceAct, $"role {command.Role} through the register");
        if (Find(act) is { } problem)
        {
            yield return Refused(problem);
            yield break;
        }
        var (deviceId, doorId) = act.Kind == DeviceActKind.TestLock ? ("", act.Subject) : (act.Subject, "");
        var noted = await log.NoteAsync(who, deviceId, $"{Name(act.Kind)}: {command.Reason}", doorId, command.CommandId);
        if (noted.Problem is { } unrecorded)
        {
            yield return Refused($"The work cannot be recorded, so it is not done: {unrecorded}.");
            yield break;
        }
        await foreach (var report in DoAsync(act, who, ending))
            yield return report;
    }

    private string? Find(DeviceAct act) => act.Kind switch
    {
        DeviceActKind.WatchTrace => lines.HasTrace(act.Subject) ? null : $"This node has no line {act.Subject}.",
        DeviceActKind.TestLock => null,
        DeviceActKind.Probe or DeviceActKind.TestReader or DeviceActKind.TestReplug => desk.Knows(act.Subject) ? null : $"This node has no device {act.Subject}.",
        _ => "This node does not know the work: update its program.",
    };

    private IAsyncEnumerable<DeviceActReport> DoAsync(DeviceAct act, string who, CancellationToken ending) => act.Kind switch
    {
        DeviceActKind.Probe => ProbeAsync(act),
        DeviceActKind.TestLock => TestLockAsync(act, who),
        DeviceActKind.TestReader => TestReaderAsync(act, ending),
        DeviceActKind.TestReplug => TestReplugAsync(act, ending),
        _ => TraceAsync(act, ending),
    };

    private async IAsyncEnumerable<DeviceActReport> ProbeAsync(DeviceAct act)
    {
        // Both enumerations list the same questions in the same order.
        var answer = await desk.ProbeAsync(act.Subject, (Question)act.Question);
        if (answer is null)
        {
            yield return Refused($"Device {act.Subject} speaks a protocol in which there is nothing to ask.");
            yield break;
        }
        var content = answer.ReplyCode == 0 ? "no answer" : $"reply {answer.ReplyCode:X2} {Convert.ToHexStringLower(answer.Content.Span)}";
        yield return Last(answer.ReplyCode != 0, [$"{act.Question}: {answer.Result}, {content} ({answer.Took.ToTimeSpan().TotalMilliseconds:0} ms)", .. answer.Details]);
    }

    private async IAsyncEnumerable<DeviceActReport> TestLockAsync(DeviceAct act, string who)
    {
        var tested = await relays.RunAsync(new TestRelayRequest { DoorId = act.Subject, DoorMayOpen = act.DoorMayOpen }, who);
        yield return tested.Unlocked ? Last(true, [$"the lock of {act.Subject} has acknowledged: it is unlocked for 3 s"]) : Refused(tested.Problem);
    }

    private async IAsyncEnumerable<DeviceActReport> TestReaderAsync(DeviceAct act, [EnumeratorCancellation] CancellationToken ending)
    {
        var sent = false;
        await foreach (var step in readers.RunAsync(act.Subject, act.KeysFor?.ToTimeSpan(), ending))
        {
            sent |= step.Sent;
            yield return Step(step switch { { Sent: false } => $"{step.Step}: not possible", { Step: "reads" } => $"cards read: {step.Reads}", { Step: "keys" } => $"keys pressed: {step.Keys}", _ => $"{step.Step}: look and listen now" });
        }
        yield return Last(sent, []);
    }

    private async IAsyncEnumerable<DeviceActReport> TestReplugAsync(DeviceAct act, [EnumeratorCancellation] CancellationToken ending)
    {
        await foreach (var step in replugs.Run(act.Subject, ending))
        {
            var report = Step(step.UsableAfter is { } span ? $"{step.Step}, usable {span.ToTimeSpan().TotalSeconds:0.0} s after its port was" : step.Step);
            (report.Done, report.Passed) = (step.Done, step.Passed);
            yield return report;
        }
    }

    private async IAsyncEnumerable<DeviceActReport> TraceAsync(DeviceAct act, [EnumeratorCancellation] CancellationToken ending)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(ending);
        var queue = Channel.CreateBounded<WatchTraceResponse>(TraceWatch.QueueLimit);
        var filling = FillAsync(act, queue.Writer, enough.Token);
        for (var (since, left) = (time.GetTimestamp(), act.Frames); left > 0 && time.GetElapsedTime(since) < TraceMax;)
        {
            await Task.Delay(BatchEvery, time, ending);
            var report = new DeviceActReport();
            while (report.Steps.Count < Math.Min(BatchMax, left) && queue.Reader.TryRead(out var frame))
                report.Steps.Add(Frame(frame));
            left -= report.Steps.Count;
            yield return report;
        }
        await enough.CancelAsync();
        await filling;
        yield return Last(true, []);
    }

    private async Task FillAsync(DeviceAct act, ChannelWriter<WatchTraceResponse> queue, CancellationToken enough)
    {
        try
        {
            await foreach (var frame in traces.WatchAsync(act.Subject, unmasked: false, enough))
                await queue.WriteAsync(frame, enough);
        }
        catch (OperationCanceledException) when (enough.IsCancellationRequested)
        {
            // Enough was seen.
        }
    }

    private static DeviceActStep Frame(WatchTraceResponse seen) => new() { Time = seen.Time, Frame = seen.Frame, Sent = seen.Sent, Masked = seen.Masked, Missed = seen.Missed, Protocol = seen.Protocol };

    private DeviceActReport Step(string sentence) => new() { Steps = { new DeviceActStep { Time = Timestamp.FromDateTimeOffset(time.GetUtcNow()), Sentence = sentence } } };

    private DeviceActReport Last(bool passed, IEnumerable<string> sentences)
    {
        var report = new DeviceActReport { Done = true, Passed = passed };
        report.Steps.AddRange(sentences.SelectMany(sentence => Step(sentence).Steps));
        return report;
    }

    private static DeviceActReport Refused(string problem) => new() { Done = true, Problem = problem };

    private static string Name(DeviceActKind kind) => kind switch
    {
        DeviceActKind.Probe => "probes it",
        DeviceActKind.TestReader => "tests the reader",
        DeviceActKind.TestLock => "tests the lock",
        DeviceActKind.TestReplug => "tests pulling it and plugging it in",
        _ => "watches the line, masked",
    };
}
