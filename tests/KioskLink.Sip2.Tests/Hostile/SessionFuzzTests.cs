using System.Buffers;
using System.Text;
using KioskLink.Sip2.Client;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Tests.Client;
using KioskLink.Sip2.Tests.Server;
using KioskLink.Sip2.Tests.Wire;
using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2.Tests.Hostile;

/// <summary>No bytes of a machine crash a server session, none of a library system a client's. The seed is printed by the failing case.</summary>
public sealed class SessionFuzzTests
{
    private const int LinesOfASession = 50;

    // A line, its message, the question, the answer and its bytes.
    private const int MostOfALine = 64 * 1024;

    private static readonly byte[][] Requests = [.. Samples().Where(line => MessageOf(line) is Request)];
    private static readonly byte[][] Responses = [.. Samples().Where(line => MessageOf(line) is Response)];

    [Fact]
    public void Hostile_requests_are_answered_with_whole_messages_or_not_at_all()
    {
        var circulation = new MemoryCirculation { RemembersQuestions = false };
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var seed = 0; seed < Fuzz.Rounds / LinesOfASession; seed++)
        {
            var random = new Random(seed);
            var session = new CoreSession(ProfileOf(random), new SessionRules { LoginRequired = random.Next(3) == 0, BeforeLogin = (BeforeLoginRule)random.Next(3) }, circulation);
            for (var line = 0; line < LinesOfASession; line++)
            {
                session.Running += TimeSpan.FromMilliseconds(random.Next(20_000));
                var request = Line(Requests, random);
                var answer = session.SayBytes(request);
                Assert.True(answer is null || IsAnswer(answer), $"seed {seed}, line {line}: {Encoding.Latin1.GetString(request)} is answered by {Encoding.Latin1.GetString(answer ?? [])}");
            }
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)Fuzz.Rounds * MostOfALine);
    }

    [Fact]
    public void Hostile_requests_never_get_past_a_login_that_is_needed()
    {
        var circulation = new MemoryCirculation();
        circulation.Profiles.Clear();
        for (var seed = 0; seed < Fuzz.Rounds / LinesOfASession; seed++)
        {
            var random = new Random(seed);
            var session = new CoreSession(ProfileOf(random), new SessionRules(), circulation);
            for (var line = 0; line < LinesOfASession; line++)
                session.SayBytes(Line(Requests, random));
            Assert.True(circulation.Questions.All(question => question is Circulation.LoginQuestion or Circulation.ServiceQuestion), $"seed {seed}");
            circulation.Questions.Clear();
        }
    }

    [Fact]
    public void Hostile_answers_end_every_exchange_of_a_client()
    {
        MessageCode[] codes = [.. Enum.GetValues<MessageCode>().Where(code => MessageOf(Encoding.ASCII.GetBytes($"{(int)code:00}")) is Request and not ResendResponseRequest)];
        var cases = 0;
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var seed = 0; cases < Fuzz.Rounds; seed++)
        {
            var random = new Random(seed);
            var step = new ClientStep(ClientExchangeTests.Begin(codes[random.Next(codes.Length)]));
            for (var line = 0; !step.IsOver; line++, cases++)
            {
                Assert.True(line < 64, $"seed {seed} goes on for ever");
                step = random.Next(10) == 0 ? step.Exchange.TimeOut() : step.Exchange.Receive(Line(Responses, random), new WireLimits());
            }
        }
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, (long)cases * MostOfALine);
    }

    [Fact]
    public void Hostile_streams_in_any_lumps_give_the_same_lines_as_in_one()
    {
        const int linesOfAStream = 4;
        for (var seed = 0; seed < Fuzz.Rounds / linesOfAStream; seed++)
        {
            var random = new Random(seed);
            byte[] stream = [.. Enumerable.Range(0, linesOfAStream).SelectMany(_ => (byte[])[.. Line(Requests, random), (byte)"\r\n"[random.Next(2)]])];
            var whole = LinesOf([stream]);
            var cut = random.Next(stream.Length);
            Assert.True(whole.SequenceEqual(LinesOf([stream[..cut], stream[cut..]])), $"seed {seed}");
        }
    }

    private static IEnumerable<byte[]> Samples() => Lines.Vectors.Select(vector => vector.Line).Concat(VectorTests.Whole).Select(Encoding.ASCII.GetBytes);

    private static Sip2Message? MessageOf(byte[] line) => Lines.Read(line);

    private static byte[] Line(byte[][] samples, Random random) => Fuzz.Mutate(samples[random.Next(samples.Length)], random);

    private static DeviceProfile ProfileOf(Random random) => new()
    {
        Institution = "KIRJ",
        Style = new((TextEncoding)random.Next(5), (Terminator)random.Next(2)),
        Role = (Circulation.DeviceRole)random.Next(3),
        UnknownCommands = (UnknownCommandRule)random.Next(2),
        ErrorDetectionRequired = random.Next(4) == 0,
        LoansNeedPin = random.Next(2) == 0,
        DetailsNeedPin = random.Next(2) == 0,
    };

    // One message, one terminator, nothing behind it, and right check digits where it has some.
    private static bool IsAnswer(byte[] bytes)
    {
        var line = bytes.AsSpan().TrimEnd("\r\n"u8);
        return bytes.Length - line.Length is 1 or 2 && line.IndexOfAnyInRange((byte)0, (byte)0x1F) < 0
            && Frame.Read(line, new WireLimits(), out var frame) == FrameProblem.None && frame.Check != FrameCheck.Wrong
            && MessageCodec.ReadResponse(frame, TextEncoding.Utf8) is not null;
    }

    private static List<string> LinesOf(byte[][] lumps)
    {
        var lines = new List<string>();
        var first = new Lump(lumps[0], before: null);
        var last = lumps.Skip(1).Aggregate(first, (before, lump) => new Lump(lump, before));
        var buffer = new ReadOnlySequence<byte>(first, 0, last, last.Memory.Length);
        while (MessageLines.TryTake(ref buffer, out var line))
            lines.Add(Convert.ToHexString(line.ToArray()));
        return lines;
    }

    private sealed class Lump : ReadOnlySequenceSegment<byte>
    {
        public Lump(byte[] bytes, Lump? before)
        {
            Memory = bytes;
            if (before is null)
                return;
            RunningIndex = before.RunningIndex + before.Memory.Length;
            before.Next = this;
        }
    }
}
