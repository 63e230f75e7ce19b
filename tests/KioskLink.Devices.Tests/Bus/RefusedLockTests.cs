using KioskLink.Devices.Locks;
using KioskLink.Devices.Osdp;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A module that refuses to lock, in virtual time: it is told to again and again, somebody is told, and its neighbours do not suffer.</summary>
public sealed class RefusedLockTests
{
    private const byte Output = 0x68;
    private const string Card = "2440000000";
    private readonly SimulatedDevice _reader = SimulatedDevice.Reader(1);
    private readonly SimulatedDevice _module = new(2, [1, 2, 4, 2, 2, 4], inputs: 4) { Locks = [new LockOutput(0)] };
    private readonly SimulatedLine _line;
    private OsdpBus? _bus;

    public RefusedLockTests() => _line = new SimulatedLine(9600, _reader, _module);

    [Fact]
    public async Task A_module_that_refuses_to_lock_is_told_to_again_each_second_and_its_neighbours_card_is_read()
    {
        _line.At(Seconds(2), () => _bus!.UnlockAsync("device-2", 0, Seconds(3)));
        _line.At(Seconds(4), () => _module.Refused.Add(Output));
        _line.At(Seconds(6), () => _reader.PresentCard(Card));
        _line.At(Seconds(9.5), () => _module.Refused.Clear());

        var told = await _line.RunAsync(Seconds(15), bus => _bus = bus);

        Assert.InRange(Assert.Single(told.OfType<CardScanned>()).At - VirtualTime.Noon, Seconds(6), Seconds(6.1));
        Assert.InRange(_module.OrderedAt.Count(at => at > Seconds(4.5)), 5, 7);
        Assert.InRange(_reader.LongestGap(since: Seconds(4)), TimeSpan.Zero, Seconds(0.1));
        Assert.Equal([true, false], told.OfType<RelockReported>().Select(report => report.Refused));
    }

    [Fact]
    public async Task An_output_whose_unlock_was_refused_is_not_locked_again()
    {
        Task<OutputResult>? unlock = null;
        _line.At(Seconds(2), () => _module.Refused.Add(Output));
        _line.At(Seconds(3), () => unlock = _bus!.UnlockAsync("device-2", 0, Seconds(1)));

        var told = await _line.RunAsync(Seconds(8), bus => _bus = bus);

        Assert.Equal(OutputResult.Rejected, await unlock!);
        Assert.Single(_module.OrderedAt, at => at > Seconds(2) && at < Seconds(8));
        Assert.DoesNotContain(told, happened => happened is RelockReported);
    }

    [Fact]
    public async Task A_module_that_refuses_to_lock_at_its_start_is_told_to_until_it_does()
    {
        _module.Refused.Add(Output);
        _line.At(Seconds(3.5), () => _module.Refused.Clear());

        var told = await _line.RunAsync(Seconds(8), bus => _bus = bus);

        Assert.InRange(_module.OrderedAt.Count(at => at < Seconds(8)), 4, 6);
        Assert.Equal([true, false], told.OfType<RelockReported>().Select(report => report.Refused));
    }

    [Fact]
    public void A_refused_second_unlock_leaves_the_first_ones_time()
    {
        var locks = new LockOutputs([new LockOutput(0)]);
        Unlock(locks, 0, Seconds(5));
        Unlock(locks, 0, Seconds(60));

        locks.Refused(again: Seconds(8));

        Assert.Equal(Seconds(5), locks.NextRelock());
    }

    [Fact]
    public void A_refused_output_does_not_hold_another_one_open()
    {
        var locks = new LockOutputs([new LockOutput(0), new LockOutput(1)]);
        Unlock(locks, 0, Seconds(5));
        Unlock(locks, 1, Seconds(5));

        Assert.NotNull(locks.TakeDue(Seconds(5)));
        locks.Refused(again: Seconds(6));
        Assert.NotNull(locks.TakeDue(Seconds(5)));
        locks.Confirmed();

        Assert.Equal((Seconds(6), true), (locks.NextRelock(), locks.AnyRefused));
    }

    private static void Unlock(LockOutputs locks, int index, TimeSpan until)
    {
        locks.Unlock(index, until, outputsTimed: false);
        locks.RelockAt(index, until);
        locks.Confirmed();
    }

    private static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
