using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>After a card the line is kept free for a moment, in virtual time: the order that answers it does not wait for a poll.</summary>
public sealed class OrderPatienceTests
{
    private static readonly TimeSpan Presented = TimeSpan.FromSeconds(5);
    private readonly SimulatedDevice _reader = SimulatedDevice.Reader(1);
    private readonly SimulatedDevice _module = new(2, [1, 2, 4, 2, 4, 4], inputs: 4) { Locks = [new LockOutput(0)] };

    [Theory]
    [InlineData(0, false)]
    [InlineData(5, true)]
    [InlineData(20, true)]
    public async Task No_device_is_polled_while_an_order_is_waited_for_after_a_card(int milliseconds, bool kept)
    {
        var patience = TimeSpan.FromMilliseconds(milliseconds);
        var line = new SimulatedLine(115200, _reader, _module) { Limits = new OsdpLimits { OrderPatience = patience } };
        line.At(Presented, () => _reader.PresentCard("2440000000"));

        var read = Assert.Single((await line.RunAsync(2 * Presented)).OfType<CardScanned>()).At - VirtualTime.Noon;

        var next = _reader.Heard.Concat(_module.Heard).Min(heard => heard.At > read ? heard.At : TimeSpan.MaxValue);
        Assert.Equal(kept, next - read > TimeSpan.FromMilliseconds(5));
        Assert.InRange(next - read, patience, patience + line.WireTime(8 + 2) + TimeSpan.FromMilliseconds(1));
    }

    [Fact]
    public async Task An_order_in_that_moment_goes_out_at_once()
    {
        var line = new SimulatedLine(115200, _reader, _module);
        var ordered = TimeSpan.Zero;
        OsdpBus? bus = null;
        line.At(Presented, () => _reader.PresentCard("2440000000"));
        _reader.Answered += id =>
        {
            if (id == 0x50)
                line.At(line.Now + TimeSpan.FromMilliseconds(6), () => (ordered, _) = (line.Now, bus!.UnlockAsync("device-2", 0, TimeSpan.FromSeconds(1))));
        };

        var read = Assert.Single((await line.RunAsync(2 * Presented, running => bus = running)).OfType<CardScanned>()).At - VirtualTime.Noon;

        Assert.InRange(ordered - read, TimeSpan.Zero, TimeSpan.FromMilliseconds(5));
        Assert.Contains(_module.OrderedAt, at => at > ordered && at < ordered + line.WireTime(30));
        Assert.DoesNotContain(_reader.PolledAt.Concat(_module.PolledAt), at => at > read && at < ordered);
    }
}
