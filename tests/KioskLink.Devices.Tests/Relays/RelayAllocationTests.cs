using KioskLink.Devices.Relays;
using KioskLink.Devices.Serial;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Relays;

/// <summary>A line of relay boards polls for years: it allocates nothing while nothing happens.</summary>
public sealed class RelayAllocationTests
{
    private const int Warm = 20, Polls = 100;

    [Theory]
    [InlineData("modbus-rtu")]
    [InlineData("kmtronic")]
    [InlineData("numato")]
    [InlineData("devantech")]
    public async Task Polling_allocates_nothing(string kind)
    {
        await using var bench = RelayBench.Of(kind);
        var link = new MeasuringLink(new SerialPort(bench.Line.Path, bench.Options.Baud));
        var options = bench.Options with { Limits = bench.Options.Limits with { PollInterval = TimeSpan.FromMilliseconds(5) } };
        await using var bus = new RelayBus(options, DeviceEvent.CreateQueue().Writer, TimeProvider.System, link);
        Assert.Null(bus.Start());

        await link.Measured.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.True(bus.Status[0].Online);
        Assert.Equal(0, link.Allocated);
    }

    [Fact]
    public async Task A_damaged_answer_costs_one_retry_and_no_board()
    {
        await using var bench = await RelayBench.Of("modbus-rtu").StartAsync();

        for (var damaged = 0; damaged < 5; damaged++)
        {
            bench.Line.Faults.CorruptReplies(1);
            await Patience.Until(() => bench.Bus.Status[0].Counters.Damaged > damaged, "the damage");
            var answered = bench.Bus.Status[0].Counters.Exchanges;
            await Patience.Until(() => bench.Bus.Status[0].Counters.Exchanges > answered, "the answer to the retry");
        }

        Assert.True(bench.Bus.Status[0].Online);
        Assert.Equal(1, bench.Bus.Status[0].Counters.Sessions);
    }

    /// <summary>Notes at each request what the loop's thread has allocated.</summary>
    private sealed class MeasuringLink(ISerialLink inner) : ISerialLink
    {
        private int _writes;
        private long _before;

        public TaskCompletionSource Measured { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public long Allocated { get; private set; }

        public string Path => inner.Path;

        public PortProblem? Open() => inner.Open();

        public LinkSignal Wait(TimeSpan limit) => inner.Wait(limit);

        public int Read(Span<byte> buffer) => inner.Read(buffer);

        public bool Write(ReadOnlySpan<byte> bytes)
        {
            if (++_writes == Warm)
                _before = GC.GetAllocatedBytesForCurrentThread();
            Allocated = _writes <= Warm || Measured.Task.IsCompleted ? Allocated : GC.GetAllocatedBytesForCurrentThread() - _before;
            if (_writes == Warm + Polls)
                Measured.SetResult();
            return inner.Write(bytes);
        }

        public bool SetBaud(int baud) => inner.SetBaud(baud);

        public void Wake() => inner.Wake();

        public void Close() => inner.Close();

        public void Dispose() => inner.Dispose();
    }
}
