using System.CommandLine;
using System.Text.Json.Nodes;
using KioskLink.Cli.Output;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;

namespace KioskLink.Cli.Devices;

/// <summary><c>device replay</c>: what an <c>.osdpcap</c> file tells of a line, or its devices played to another panel.</summary>
internal static class ReplayCommand
{
    private static readonly string[] Columns = ["address", "exchanges", "sent again", "unanswered", "reply 50/95/100 %"];

    public static Command Create(Session session)
    {
        var file = new Argument<FileInfo>("FILE") { Description = "An .osdpcap file." };
        var list = new Option<bool>("--frames") { Description = "Print each frame too." };
        var onto = new Option<string?>("--onto") { Description = "Play the captured devices on a virtual serial port of this name until Ctrl-C. Only what was said in clear can be played.", HelpName = "PATH" };
        var baud = EmulateCommand.Baud();
        var command = new Command("replay", "Read a capture: counts and reply times for each address; 1 when a frame in it is damaged.") { file, list, onto, baud };
        command.SetAction(async (parsed, stop) =>
        {
            var capture = CaptureFile.Read(parsed.GetRequiredValue(file));
            if (parsed.GetValue(onto) is { } path)
                return await Play(session, capture, path, parsed.GetValue(baud), stop);
            if (parsed.GetValue(list))
                foreach (var frame in capture)
                    session.Terminal.ShowNext(Json(frame), Layout.Sentence(FrameTexts.Line("osdp", frame.At, frame.Direction, frame.Bytes, frame.Masked)));
            return session.Terminal.Show(Summary(capture));
        });
        return command;
    }

    private static async Task<int> Play(Session session, IReadOnlyList<CapturedFrame> capture, string path, int baud, CancellationToken stop)
    {
        var devices = new VirtualReplay(capture);
        using var line = new VirtualLine(path, baud, [devices], session.Clock);
        session.Terminal.ShowNext(new JsonObject { ["port"] = path, ["replies"] = devices.Left }, Layout.Sentence($"{devices.Left} captured replies are played at {path}, {baud} baud, until Ctrl-C."));
        await Task.Delay(Timeout.InfiniteTimeSpan, session.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return (int)ExitCode.Done;
    }

    private static Answer Summary(IReadOnlyList<CapturedFrame> capture)
    {
        var (damaged, masked) = (capture.Count(frame => !frame.Summary.IsWhole), capture.Count(frame => frame.Masked));
        var devices = CapturedDevice.In(capture);
        var json = new JsonObject
        {
            ["frames"] = capture.Count,
            ["damaged"] = damaged,
            ["masked"] = masked,
            ["devices"] = new JsonArray([.. devices.Select(Json)]),
        };
        return new Answer(
            json,
            Layout.Stack(Layout.Table(Columns, devices.Select(Row), "No exchanges."), Layout.Sentence($"{capture.Count} frames, {damaged} damaged, {masked} masked.\n")),
            damaged == 0 ? ExitCode.Done : ExitCode.Refused);
    }

    private static JsonObject Json(CapturedDevice device) => new()
    {
        ["address"] = device.Address,
        ["exchanges"] = device.Replies.Count,
        ["sentAgain"] = device.SentAgain,
        ["unanswered"] = device.Unanswered,
        ["medianReply"] = device.ReplyAt(0.5).TotalSeconds,
        ["longestReply"] = device.ReplyAt(1).TotalSeconds,
    };

    private static JsonObject Json(CapturedFrame frame) => new()
    {
        ["time"] = frame.At.ToString("O"),
        ["sent"] = frame.Direction == FrameDirection.Sent,
        ["name"] = frame.Summary.Name,
        ["frame"] = Convert.ToHexStringLower(frame.Bytes),
        ["masked"] = frame.Masked,
    };

    private static string[] Row(CapturedDevice device) =>
    [
        $"{device.Address}",
        $"{device.Replies.Count}",
        $"{device.SentAgain}",
        $"{device.Unanswered}",
        $"{device.ReplyAt(0.5).TotalMilliseconds:0}/{device.ReplyAt(0.95).TotalMilliseconds:0}/{device.ReplyAt(1).TotalMilliseconds:0} ms",
    ];
}
