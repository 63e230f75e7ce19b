using KioskLink.Devices.Locks;
using KioskLink.Node.AlarmOutputs;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.AlarmOutputs;

/// <summary>A lamp that did not hear its order is told again until it does.</summary>
public sealed class AlarmLampTests : IDisposable
{
    private readonly VirtualTime _time = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Inbox<bool> _orders = new();
    private readonly AlarmLamps _lamps;
    private volatile OutputResult _result = OutputResult.Unacknowledged;

    public AlarmLampTests() => _lamps = new AlarmLamps(
        [new AlarmOutputConfig { Device = "io", Output = 1, When = AlarmOutputWhen.Always }], new LampWork(SetAsync, (_, _) => { }, _time, _stop.Token));

    [Theory]
    [InlineData(OutputResult.Unacknowledged)]
    [InlineData(OutputResult.Rejected)]
    [InlineData(OutputResult.NotSent)]
    public async Task An_order_that_fails_is_given_again_until_the_device_acknowledges_it(OutputResult failure)
    {
        _result = failure;
        _lamps.Show(hasCritical: true, isOnline: true);
        Assert.Equal([true], _orders.Drain());

        Assert.True(await RepeatedAsync());
        _result = OutputResult.Acknowledged;
        Assert.True(await RepeatedAsync());

        await Patience.Until(() => _time.UntilNextTimer is null, "nothing is repeated any more");
        _time.Advance(AlarmLamps.RepeatInterval);
        Assert.False(_orders.Any);
    }

    [Fact]
    public async Task An_order_that_was_overtaken_is_not_repeated()
    {
        _lamps.Show(hasCritical: true, isOnline: true);
        _lamps.Show(hasCritical: false, isOnline: true);
        Assert.Equal([true, false], _orders.Drain());

        Assert.False(await RepeatedAsync());
        Assert.False(await RepeatedAsync());
    }

    [Fact]
    public async Task Nothing_is_repeated_once_the_lines_have_ended()
    {
        _lamps.Show(hasCritical: true, isOnline: true);
        await _stop.CancelAsync();

        Assert.Null(_time.UntilNextTimer);
        Assert.Equal([true], _orders.Drain());
    }

    public void Dispose() => _stop.Dispose();

    private Task<OutputResult> SetAsync(AlarmOutputConfig output, bool isOn)
    {
        _orders.Post(isOn);
        return Task.FromResult(_result);
    }

    // The next order that is given again once its time has come.
    private async Task<bool> RepeatedAsync()
    {
        await Patience.Until(() => _time.UntilNextTimer is not null, "the order waits to be given again");
        _time.Advance(AlarmLamps.RepeatInterval);
        return await _orders.Next("the order once more");
    }
}
