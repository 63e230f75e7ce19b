using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>What a reader kept from before it was listened to is marked, and nothing personal shows in any text or trace.</summary>
public sealed class StaleTests
{
    [Fact]
    public async Task A_card_from_before_the_start_is_stale_and_the_next_is_not()
    {
        await using var bench = new Bench();
        bench.Reader.PresentCard("24400000000012");

        await bench.StartAsync();
        Assert.True((await bench.Until<CardScanned>()).Stale);
        await bench.UntilFresh();
        bench.Reader.PresentCard("24400000000012");

        Assert.False((await bench.Until<CardScanned>()).Stale);
    }

    [Fact]
    public async Task Keys_from_before_a_pulled_adapter_came_back_are_stale()
    {
        await using var bench = await new Bench().StartAsync("reader");
        bench.Line.Unplug();
        bench.Reader.TypeKeys("1234#");

        bench.Line.Replug();

        Assert.True((await bench.Until<KeysPressed>()).Stale);
    }

    [Fact]
    public async Task No_event_and_no_trace_shows_a_card_or_a_pin()
    {
        var traced = new System.Collections.Concurrent.ConcurrentQueue<string>();
        await using var bench = await new Bench(secure: false, trace: (_, frame, _) => traced.Enqueue(Convert.ToHexString(frame))).StartAsync("reader");
        await bench.UntilFresh();

        bench.Reader.PresentCard("24400000000012");
        var card = await bench.Until<CardScanned>();
        bench.Reader.PresentCard("837A001234");
        await bench.Until<CardScanned>();
        bench.Reader.TypeKeys("9753#");
        var keys = await bench.Until<KeysPressed>();

        Assert.DoesNotContain("2440000", card.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("9753", keys.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(traced, frame => frame.Contains("2440000000", StringComparison.Ordinal));
        Assert.DoesNotContain(traced, frame => frame.Contains(Convert.ToHexString("837A"u8), StringComparison.Ordinal));
        Assert.DoesNotContain(traced, frame => frame.Contains(Convert.ToHexString("9753"u8), StringComparison.Ordinal));
        Assert.Contains(traced, frame => frame.Contains("5000003800" + "20000000000006", StringComparison.Ordinal));
    }

    [Fact]
    public void Wiped_keys_are_gone()
    {
        var keys = new PinKeys("1234");

        keys.Wipe();

        Assert.DoesNotContain('1', keys.Keys.ToString());
        Assert.Equal("4 keys", keys.ToString());
    }
}
