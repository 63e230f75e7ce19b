using KioskLink.Devices.Osdp;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>What a line is like shows in what it carries beside replies, and a damaged, slow or restarting device in its own counts.</summary>
public sealed class LineQualityTests : IAsyncLifetime
{
    private const int Baud = 115200;
    private readonly TempFolder _folder = new();
    private VirtualLine? _line;
    private OsdpBus? _bus;

    [Fact]
    public async Task A_good_line_shows_nothing()
    {
        Start(new VirtualReader(1, key: null));

        await UntilExchangesAsync(200);

        Assert.Equal((0, 0, 0), (_bus!.Quality.Noisy.Were, _bus.Quality.Resting.Were, _bus.Quality.Echoed.Were));
        Assert.Equal(0, _bus.Status[0].RecentlyDamaged.Were);
    }

    [Fact]
    public async Task An_adapter_that_hears_itself_shows_in_every_turn()
    {
        Start(new VirtualReader(1, key: null));
        _line!.Faults.Echo = true;

        await UntilExchangesAsync(200);

        Assert.InRange(_bus!.Quality.Echoed.Ratio, 0.9, 1);
        Assert.Equal(0, _bus.Quality.Noisy.Were);
    }

    [Fact]
    public async Task A_pair_that_nothing_holds_at_rest_is_noisy_and_works()
    {
        Start(new VirtualReader(1, key: null));
        _line!.Faults.Floating = true;

        await UntilExchangesAsync(200);

        Assert.InRange(_bus!.Quality.Noisy.Ratio, 0.9, 1);
        Assert.Equal(0, _bus.Quality.Resting.Were);
    }

    [Fact]
    public async Task A_swapped_pair_gives_nothing_but_zeros_and_no_device_answers()
    {
        Start(new VirtualReader(1, key: null), line => line.Faults.Swapped = true);

        await Patience.Until(() => _bus!.Quality.Resting.Were >= 2, "zeros");

        Assert.False(_bus!.Status[0].Online);
        Assert.Equal(0, _bus.Quality.Noisy.Were);
    }

    [Fact]
    public async Task Two_devices_at_one_address_destroy_each_others_replies()
    {
        Start([new VirtualReader(1, key: null), new VirtualReader(1, key: null)]);

        await Patience.Until(() => _bus!.Status[0].Counters.Damaged >= 4, "damaged replies");

        Assert.False(_bus!.Status[0].Online);
        Assert.Equal(1, _bus.Status[0].RecentlyDamaged.Ratio);
    }

    [Fact]
    public async Task One_reply_in_twenty_that_is_damaged_shows_as_five_in_a_hundred()
    {
        Start(new VirtualReader(1, key: null));
        _line!.Faults.CorruptEvery = 20;

        await UntilExchangesAsync(400);

        Assert.InRange(_bus!.Status[0].RecentlyDamaged.Ratio, 0.03, 0.07);
        Assert.Equal(0, _bus.Quality.Noisy.Were);
    }

    [Fact]
    public async Task A_reader_that_answers_when_nobody_waits_any_more_is_counted_as_late()
    {
        Start(new VirtualReader(1, key: null) { Thinking = TimeSpan.FromMilliseconds(260) });

        await Patience.Until(() => _bus!.Status[0].LateReplies >= 2, "late replies");

        Assert.False(_bus!.Status[0].Online);
        Assert.Equal(0, _bus.Quality.Noisy.Were);
    }

    [Fact]
    public async Task A_reader_that_loses_its_supply_for_a_moment_is_counted_when_it_is_back()
    {
        var reader = new VirtualReader(1, key: null);
        Start(reader);
        for (var cut = 1; cut <= 2; cut++)
        {
            await UntilExchangesAsync(50 * cut);
            reader.PowerOff();
            await Patience.Until(() => !_bus!.Status[0].Online, "the session is lost");
            reader.PowerOn();
            await Patience.Until(() => _bus!.Status[0].Online && _bus.Status[0].RecentReturns == cut, "it is back");
        }
    }

    [Fact]
    public async Task A_pulled_adapter_is_no_reader_that_restarts()
    {
        Start(new VirtualReader(1, key: null));
        await UntilExchangesAsync(50);
        _line!.Unplug();
        await Patience.Until(() => !_bus!.Status[0].Online, "the port is lost");
        _line.Replug();
        await Patience.Until(() => _bus!.Status[0].Online, "it is back");

        Assert.Equal(0, _bus!.Status[0].RecentReturns);
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        if (_bus is not null)
            await _bus.DisposeAsync();
        _line?.Dispose();
        _folder.Dispose();
    }

    private void Start(VirtualReader reader, Action<VirtualLine>? prepare = null) => Start([reader], prepare);

    private void Start(IReadOnlyList<VirtualDevice> devices, Action<VirtualLine>? prepare = null)
    {
        _line = new VirtualLine(_folder["line"], Baud, devices, TimeProvider.System);
        prepare?.Invoke(_line);
        var options = new OsdpBusOptions { Id = "bus", Path = _line.Path, Baud = Baud, Devices = [new OsdpDeviceOptions { Id = "reader", Address = 1, Secure = SecureMode.Clear }] };
        _bus = new OsdpBus(options, DeviceEvent.CreateQueue().Writer, TimeProvider.System);
        Assert.Null(_bus.Start());
    }

    private Task UntilExchangesAsync(int count) => Patience.Until(() => _bus!.Status[0].Counters.Exchanges >= count, $"{count} exchanges");
}
