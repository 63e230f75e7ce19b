using System.Text;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;

namespace KioskLink.Devices.Tests.Codec;

/// <summary>No line of an <c>.osdpcap</c> file crashes its reader, and no capture the devices that are played from it. The round is printed by the failing case.</summary>
public sealed class CaptureFuzzTests
{
    private const int MostOfALine = 4 * CapturedFrame.LongestLine, MostOfACommand = 8192;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(5);
    private static readonly string[] Lines =
    [
        """{"timeSec":"1795215600","timeNano":"123000000","io":"out","data":"53 01 08 00 04 60 ba 00","masked":false,"osdpTraceVersion":"1","osdpSource":"bus0"}""",
        """{"timeSec":1795215600,"timeNano":0,"io":"in","data":"ff5381080004400806","masked":true}""",
        """{"timeSec":"9223372036854775807","timeNano":"9223372036854775807","io":"in","data":"ff"}""",
        """[{"data":["53"],"io":{"in":"out"},"timeSec":1e400,"timeNano":"-1"}]""",
    ];

    [Fact]
    public void Hostile_lines_are_read_or_refused()
    {
        var random = new Random(4711);
        var read = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0L; round < HostileFrames.Cases; round++)
            if (CapturedFrame.Read(Mutate(Lines[random.Next(Lines.Length)], random)) is { } frame)
            {
                read++;
                Assert.True(frame.Bytes.Length <= CapturedFrame.LongestLine / 2 && frame.Summary.Name is not { Length: > 16 }, $"round {round}");
            }

        Assert.True(read > HostileFrames.Cases / 20);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, HostileFrames.Cases * MostOfALine);
    }

    [Fact]
    public void A_line_beyond_the_longest_is_refused_unread() =>
        Assert.Null(CapturedFrame.Read($$"""{"data":"{{new string('5', CapturedFrame.LongestLine)}}"}"""));

    [Fact]
    public void Hostile_captures_are_played_to_hostile_panels()
    {
        const int commandsOfACapture = 50;
        var random = new Random(4711);
        var answered = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0L; round < HostileFrames.Cases / commandsOfACapture; round++)
        {
            var replay = new VirtualReplay(Enumerable.Range(0, 20).Select(at => Captured(random, at)));
            var line = new BareLine(replay);
            for (var command = 0; command < commandsOfACapture; command++)
                answered += line.Ask(HostileFrames.Next(random, address: 1), Turn) is null ? 0 : 1;
            Assert.True(replay.Powered && replay.Left <= 10, $"round {round}");
        }

        Assert.InRange(answered, HostileFrames.Cases / 20, HostileFrames.Cases);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, HostileFrames.Cases * MostOfACommand);
    }

    // Command and reply in turn, as a capture has them.
    private static CapturedFrame Captured(Random random, int at) => at % 2 == 0
        ? new(DateTimeOffset.UnixEpoch, FrameDirection.Sent, HostileFrames.Next(random, address: 1), Masked: false)
        : new(DateTimeOffset.UnixEpoch, FrameDirection.Received, HostileFrames.Next(random, address: 0x81), Masked: false);

    private static string Mutate(string line, Random random)
    {
        var text = new StringBuilder(line);
        for (var change = random.Next(3); change > 0; change--)
        {
            var at = random.Next(text.Length);
            switch (random.Next(4))
            {
                case 0:
                    text[at] = (char)random.Next(0x20, 0x80);
                    break;
                case 1:
                    // Half of a pair, and other letters that no file of ours has.
                    text[at] = (char)random.Next(0x10000);
                    break;
                case 2:
                    text.Remove(at, Math.Min(random.Next(20), text.Length - at - 1));
                    break;
                default:
                    text.Insert(at, "\"{}[],:\\9"[random.Next(9)]);
                    break;
            }
        }
        return text.ToString();
    }
}
