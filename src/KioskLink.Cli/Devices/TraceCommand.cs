using System.CommandLine;
using System.Text.Json.Nodes;
using Grpc.Core;
using KioskLink.Cli.Output;
using KioskLink.Devices.Osdp;
using KioskLink.Protos.Node.V1;

namespace KioskLink.Cli.Devices;

/// <summary><c>device trace</c>: the frames of a line as they go by, on the screen or into an <c>.osdpcap</c> file.</summary>
internal static class TraceCommand
{
    public static Command Create(Session session)
    {
        var place = new DevicePlace(session);
        var line = new Argument<string>("LINE") { Description = "The line's id in node.json." };
        var to = new Option<string?>("--out") { Description = "Write an .osdpcap file instead of printing.", HelpName = "FILE" };
        var frames = new Option<int>("--frames") { Description = "Stop after so many frames; 0 for no end but Ctrl-C.", HelpName = "NUMBER" };
        var approval = new Option<string?>("--approval") { Description = "Show the line as it is, as a second person has approved, until that ends. The node keeps the file, for a day.", HelpName = "ID" };
        var command = new Command("trace", "Watch a line, with nobody's card and keys in it.") { line, to, frames, approval };
        command.Validators.Add(given =>
        {
            if (given.GetValue(approval) is not null && given.GetValue(to) is not null)
                given.AddError("--approval and --out do not go together: the node keeps an unmasked trace itself and erases it");
            else if (given.GetValue(approval) is not null && place.IsRelayed(given))
                given.AddError("--approval and --node do not go together: a line is shown as it is on the node's own machine alone");
        });
        command.SetAction(async (parsed, stop) =>
        {
            var limit = parsed.GetValue(frames) is > 0 and var most ? most : OsdpCapture.MostFrames;
            if (place.NodeOf(parsed) is not null)
                return await Show(session, parsed.GetValue(to), parsed.GetRequiredValue(line), RelayedTrace.FollowAsync(place, parsed, parsed.GetRequiredValue(line), limit, stop));
            using var node = place.Connect(parsed);
            var request = new WatchTraceRequest { BusId = parsed.GetRequiredValue(line), ApprovalId = parsed.GetValue(approval) ?? "" };
            using var call = node.Diagnostics.WatchTrace(request, cancellationToken: stop);
            return await Show(session, parsed.GetValue(to), request.BusId, Follow(call.ResponseStream, limit, stop));
        });
        return place.In(command);
    }

    private static Task<int> Show(Session session, string? path, string line, IAsyncEnumerable<WatchTraceResponse> seen) =>
        path is null ? Print(session, seen) : Capture(session, path, line, seen);

    private static async Task<int> Print(Session session, IAsyncEnumerable<WatchTraceResponse> frames)
    {
        await foreach (var frame in frames)
            session.Terminal.ShowNext(Json(frame), Layout.Sentence(FrameTexts.Line(frame.Protocol, At(frame), Direction(frame), frame.Frame.ToByteArray(), frame.Masked)));
        return (int)ExitCode.Done;
    }

    private static async Task<int> Capture(Session session, string path, string line, IAsyncEnumerable<WatchTraceResponse> frames)
    {
        var (count, missed) = (0, 0L);
        await using var seen = OsdpAlone(frames, line).GetAsyncEnumerator();
        // Before the file is made: a line of another protocol leaves none.
        var more = await seen.MoveNextAsync();
        await using (var file = new StreamWriter(path))
        {
            var capture = new OsdpCapture(file, session.Clock, line);
            for (; more; more = await seen.MoveNextAsync())
            {
                capture.Write(At(seen.Current), Direction(seen.Current), seen.Current.Frame.Span, seen.Current.Masked);
                (count, missed) = (count + 1, missed + seen.Current.Missed);
            }
        }
        return session.Terminal.Show(new Answer(
            new JsonObject { ["file"] = path, ["frames"] = count, ["missed"] = missed },
            Layout.Sentence($"{count} frames are in {path}{(missed > 0 ? $"; {missed} went by too fast" : "")}.")));
    }

    // What reads .osdpcap files takes every frame in them for OSDP.
    private static async IAsyncEnumerable<WatchTraceResponse> OsdpAlone(IAsyncEnumerable<WatchTraceResponse> frames, string line)
    {
        await foreach (var frame in frames)
            yield return FrameTexts.IsOsdp(frame.Protocol)
                ? frame
                : throw CommandProblem.Usage($"The line {line} speaks {frame.Protocol}, and an .osdpcap file holds OSDP alone: leave --out away, and send what is printed into a file with > FILE.");
    }

    // Ctrl-C is how a watch ends.
    private static async IAsyncEnumerable<WatchTraceResponse> Follow(IAsyncStreamReader<WatchTraceResponse> stream, int limit, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        for (var count = 0; count < limit && await Next(stream, stop); count++)
            yield return stream.Current;
    }

    private static async Task<bool> Next(IAsyncStreamReader<WatchTraceResponse> stream, CancellationToken stop)
    {
        try
        {
            return await stream.MoveNext(stop);
        }
        catch (Exception end) when (stop.IsCancellationRequested && end is OperationCanceledException or RpcException { StatusCode: StatusCode.Cancelled })
        {
            return false;
        }
    }

    private static JsonObject Json(WatchTraceResponse frame)
    {
        var json = ProtoJson.Of(frame);
        if (FrameTexts.IsOsdp(frame.Protocol))
            json["name"] = FrameSummary.Of(frame.Frame.Span).Name;
        return json;
    }

    private static DateTimeOffset At(WatchTraceResponse frame) => frame.Time.ToDateTimeOffset();

    private static FrameDirection Direction(WatchTraceResponse frame) => frame.Sent ? FrameDirection.Sent : FrameDirection.Received;
}
