using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Readers;

/// <summary>No bytes of a scanner, reader or converter crash their decoder, take a card from nothing printable, or take memory beyond the numbers themselves.</summary>
public sealed class LineFuzzTests
{
    private const int BytesPerCase = 512;
    private static readonly long Cases = LongRun.IsAsked ? 10_000_000 : 200_000;
    private static readonly string[] Samples =
    [
        "]A0*24400000000012*\r", "]F0A21234000123455B\r\n", "0458A2B26E4F80\r\n", "\u00020A001234567A\u0003", "1A808001C0\r", ":112233445501\r\n", "125678\r", "0001201784\r\n",
        "18010132343430303030303030303031390000131846494C6168000000000000\r", "]Q1$ab24400000000012\t",
    ];

    private static readonly CardMapping[] Mappings =
        [new(CardEncoding.Hex), new(CardEncoding.Iso28560), new(CardEncoding.Wiegand26), new(CardEncoding.Decimal), new(CardEncoding.Hex, ByteOrder: UidOrder.E0First), new(CardEncoding.Bcd)];

    [Theory]
    [InlineData(LineForm.Text)]
    [InlineData(LineForm.Hex)]
    [InlineData(LineForm.Rdm6300)]
    [InlineData(LineForm.Twn3Bits)]
    [InlineData(LineForm.Twn3IndiTag)]
    [InlineData(LineForm.FacilityHex)]
    [InlineData(LineForm.Decimal10)]
    public void Hostile_readings_are_read_or_refused(LineForm form)
    {
        var random = new Random(4711);
        var lines = Enum.GetValues<LineEnd>().Select(end => (end, new LineAssembler(end))).ToArray();
        var bytes = new byte[160];
        Feed(form, lines, bytes, random, 1000);
        var before = GC.GetAllocatedBytesForCurrentThread();

        Feed(form, lines, bytes, random, Cases);

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * BytesPerCase);
    }

    [Fact]
    public void Hostile_host_commands_leave_a_virtual_scanner_alive()
    {
        VirtualScanner[] scanners = [new(), new() { NeedsTrigger = true }];
        var random = new Random(4711);
        var bytes = new byte[24];
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var round = 0L; round < Cases; round++)
        {
            random.NextBytes(bytes);
            for (var at = 0; at < bytes.Length; at++)
                if (random.Next(3) > 0)
                    bytes[at] = "\u0016TUED\r"u8[random.Next(6)];
            scanners[round % 2].Hear(bytes, TimeSpan.FromSeconds(round));
            Assert.True(scanners[round % 2].Powered, $"round {round}");
        }

        Assert.All(scanners, scanner => Assert.InRange(scanner.Commands, Cases / 100, Cases * bytes.Length));
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, Cases * BytesPerCase);
    }

    private static void Feed(LineForm form, (LineEnd End, LineAssembler Lines)[] assemblers, byte[] bytes, Random random, long rounds)
    {
        for (var round = 0L; round < rounds; round++)
        {
            var (end, lines) = assemblers[random.Next(assemblers.Length)];
            var settings = new LineSettings { Form = form, End = end, Kinds = round % 3 == 0 ? "ACFQ" : "", Letters = round % 5 == 0 ? "ab" : "" };
            var mapping = Mappings[random.Next(Mappings.Length)];
            var count = Fill(bytes, random);
            for (var at = 0; at < count;)
            {
                at += lines.Take(bytes.AsSpan(at, count - at), out var line);
                Check(LineCards.Read(line, settings, mapping), round);
            }
            if (random.Next(8) > 0)
                continue;
            var rest = lines.Finish();
            Decimal10Line.KeysOf(rest);
            Check(LineCards.Read(rest, settings, mapping), round);
        }
    }

    private static int Fill(byte[] bytes, Random random)
    {
        var sample = Samples[random.Next(Samples.Length)];
        var length = random.Next(bytes.Length + 1);
        for (var at = 0; at < length; at++)
            bytes[at] = random.Next(12) == 0 ? (byte)random.Next(256) : (byte)sample[at % sample.Length];
        return length;
    }

    private static void Check(CardScan? card, long round)
    {
        if (card?.Number is { } number)
            Assert.True(number.Length is > 0 and <= CardScan.MostCharacters && !number.AsSpan().ContainsAnyExceptInRange(' ', '~'), $"round {round}");
    }
}
