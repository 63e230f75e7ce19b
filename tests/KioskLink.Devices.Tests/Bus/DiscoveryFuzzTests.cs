using KioskLink.Devices.Osdp;
using KioskLink.Devices.Serial;
using KioskLink.Devices.Tests.Codec;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>No bytes of a line keep a search from its end, make it find more than it has asked, or crash the ear beside the bus. The round is printed by the failing case.</summary>
public sealed class DiscoveryFuzzTests
{
    private const int MostOfAFrame = 4096;
    private static readonly OsdpLimits Limits = new();

    [Fact]
    public void Hostile_replies_end_every_search()
    {
        var random = new Random(4711);
        var cases = 0L;
        var before = GC.GetAllocatedBytesForCurrentThread();

        while (cases < HostileFrames.Cases)
        {
            var discovery = new Discovery(SearchPlan.Missing(9600, [1, 2], [3]));
            for (var step = 0; !discovery.Over; step++, cases++)
            {
                Assert.True(step < 3 * 2 * 127, $"case {cases}");
                if (!Frame.TryParse(HostileFrames.Next(random, (byte)(0x80 | discovery.Address)), out var frame) || !discovery.Take(frame))
                    discovery.Missed(damaged: random.Next(3) == 0);
            }
            Assert.InRange(discovery.Found.Count, 0, 3);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, cases * MostOfAFrame);
    }

    [Fact]
    public void Hostile_bytes_settle_every_question_of_a_search_within_its_time()
    {
        using var line = new HostileLink(new Random(4711));
        var exchange = new DiscoveryExchange(line, line.Time, Limits);
        var plan = SearchPlan.All([230400], thorough: true);
        var discovery = new Discovery(plan);
        var before = GC.GetAllocatedBytesForCurrentThread();

        while (line.Lumps < HostileFrames.Cases)
        {
            if (discovery.Over)
                discovery = new Discovery(plan);
            line.Address = discovery.Address;
            var began = line.Time.GetTimestamp();
            Assert.True(exchange.Ask(discovery));
            Assert.InRange(line.Time.GetElapsedTime(began), TimeSpan.Zero, Limits.ReplyLimit + Limits.GapTimeout);
        }

        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, line.Lumps * MostOfAFrame);
    }

    [Fact]
    public void Hostile_bytes_beside_the_replies_are_counted_and_take_no_memory()
    {
        const int mostOfALump = 1024;
        var random = new Random(4711);
        var ear = new LineEar();
        var before = GC.GetAllocatedBytesForCurrentThread();

        for (var round = 0L; round < HostileFrames.Cases; round++)
        {
            ear.TurnBegins();
            ear.Heard(HostileFrames.Next(random, (byte)random.Next(256)));
            var (noisy, resting, echoed) = (ear.Quality.Noisy, ear.Quality.Resting, ear.Quality.Echoed);
            Assert.True(noisy.Were <= noisy.Of && resting.Were <= resting.Of && echoed.Were <= echoed.Of, $"round {round}");
        }

        Assert.True(ear.LateRepliesOf(1) > 0);
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 0, HostileFrames.Cases * mostOfALump);
    }

    // A line in virtual time that gives hostile lumps, a few milliseconds apart, or nothing.
    private sealed class HostileLink(Random random) : ISerialLink
    {
        private byte[] _lump = [];

        public VirtualTime Time { get; } = new();

        public byte Address { get; set; }

        public long Lumps { get; private set; }

        public string Path => "hostile";

        public PortProblem? Open() => null;

        public LinkSignal Wait(TimeSpan limit)
        {
            var silence = random.Next(6) == 0;
            Time.Advance(silence ? limit : TimeSpan.FromTicks(Math.Min(limit.Ticks, random.Next(1, 100) * TimeSpan.TicksPerMillisecond)));
            if (silence)
                return LinkSignal.TimedOut;
            (_lump, Lumps) = (HostileFrames.Next(random, (byte)(0x80 | Address)), Lumps + 1);
            return LinkSignal.Readable;
        }

        public int Read(Span<byte> buffer)
        {
            var count = Math.Min(buffer.Length, _lump.Length);
            _lump.AsSpan(0, count).CopyTo(buffer);
            _lump = _lump[count..];
            return count;
        }

        public bool Write(ReadOnlySpan<byte> bytes) => true;

        public bool SetBaud(int baud) => true;

        public void Wake()
        {
        }

        public void Close()
        {
        }

        public void Dispose()
        {
        }
    }
}
