using System.Text;
using KioskLink.Devices.Osdp;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Twn4;
using KioskLink.Devices.Tests.Codec;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Twn4;

/// <summary>No answer of a TWN4 breaks its session, and no request a virtual one. The seed is fixed; the round is printed by the failing case.</summary>
public sealed class Twn4FuzzTests
{
    // Up to 48 characters of requests, each answered with a text.
    private const int MostOfRequests = 32 * 1024;
    private static readonly TimeSpan Turn = TimeSpan.FromMilliseconds(20);
    private static readonly long Cases = LongRun.IsAsked ? 10_000_000 : 200_000;
    private static readonly string[] Answers = ["0000", "00018038070458A2B26E4F80", "00018240087856341200010 4E0", "000104", "00010418010132", "000C54574E342F434858312E3030", "00", "01"];

    [Theory]
    [InlineData(false, false)]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(true, true)]
    public void Hostile_answers_leave_a_session_that_asks_again_within_a_second(bool patronCards, bool check)
    {
        var told = 0L;
        var options = new Twn4Options { Id = "reader", Path = "", Cards = patronCards ? new CardMapping(CardEncoding.Iso28560) : null };
        var session = new Twn4Session(options, _ => told++, TimeProvider.System);
        var random = new Random(4711);
        byte[] request = new byte[Twn4Frame.Longest], answer = new byte[Twn4Frame.Longest], line = new byte[Twn4Frame.LongestText];
        var now = TimeSpan.Zero;
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0L; round < Cases; round++)
        {
            now += session.DueIn(now);
            Assert.True(session.DueIn(now) <= TimeSpan.FromSeconds(1), $"round {round}");
            session.Next(now, request);
            if (round % 16 == 0)
                session.Lights.Set(new LedSetting { Permanent = LedPattern.Steady((LedColor)random.Next(8)) });
            var count = Fill(line, check, random);
            if (Twn4Frame.Read(line.AsSpan(0, count), check, answer) is { } length)
                session.Take(answer.AsSpan(0, length), TimeSpan.Zero, now);
            else
                session.Fail(ExchangeFailure.Damaged, now);
        }

        // Only a session that is online has cards to tell of.
        Assert.True(told > 100);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * 512);
    }

    [Fact]
    public void Hostile_requests_leave_a_virtual_reader_alive()
    {
        VirtualTwn4[] twins = [new(), new(check: true)];
        BareLine[] lines = [.. twins.Select(twin => new BareLine(twin))];
        var answered = 0L;
        var random = new Random(4711);
        var bytes = new byte[48];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0L; round < Cases; round++)
        {
            for (var at = 0; at < bytes.Length; at++)
                bytes[at] = random.Next(20) == 0 ? (byte)random.Next(256) : "0123456789ABCDEF04050010\r"u8[random.Next(25)];
            answered += lines[round % 2].Ask(bytes, Turn) is null ? 0 : 1;
            Assert.True(twins[round % 2].Powered, $"round {round}");
        }
        Assert.InRange(answered, Cases / 100, Cases);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * MostOfRequests);
    }

    private static int Fill(byte[] line, bool check, Random random)
    {
        var sample = Sample(Answers[random.Next(Answers.Length)].Replace(" ", "", StringComparison.Ordinal), check && random.Next(8) > 0);
        sample.CopyTo(line, 0);
        var length = random.Next(6) == 0 ? random.Next(line.Length) : sample.Length;
        for (var change = random.Next(3); change > 0; change--)
            line[random.Next(line.Length)] = random.Next(2) == 0 ? (byte)random.Next(256) : "0123456789ABCDEF"u8[random.Next(16)];
        return length;
    }

    private static byte[] Sample(string answer, bool check)
    {
        if (!check || answer.Length % 2 != 0)
            return Encoding.ASCII.GetBytes(answer);
        var crc = Twn4Crc.Compute(Convert.FromHexString(answer));
        return Encoding.ASCII.GetBytes($"{answer}{(byte)crc:X2}{crc >> 8:X2}");
    }
}
