using KioskLink.Devices.Locks;
using KioskLink.Devices.Readers;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>The main path over a real pseudo-terminal: card, keys, lights, lock.</summary>
public sealed class CardToDoorTests
{
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_card_and_its_pin_arrive_and_the_lock_opens_and_locks_again(bool secure)
    {
        await using var bench = await new Bench(secure).StartAsync("reader", "io");
        await bench.UntilFresh();

        bench.Reader.PresentCard("24400000000012");
        var card = await bench.Until<CardScanned>();
        bench.Reader.TypeKeys("1234#");
        var keys = await bench.Until<KeysPressed>();
        var result = await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(300));

        Assert.Equal("24400000000012", card.Card.Number);
        Assert.False(card.Stale);
        Assert.Equal("1234#", keys.Keys.Keys.ToString());
        Assert.Equal(OutputResult.Acknowledged, result);
        await Bench.Until(bench.Module, () => !bench.Module.Outputs[0]);
        Assert.Equal([(0, true), (0, false)], bench.Switched);
    }

    [Fact]
    public async Task Lights_tones_and_texts_reach_the_reader()
    {
        await using var bench = await new Bench().StartAsync("reader");

        Assert.True(bench.Bus.SetLed("reader", new() { Permanent = LedPattern.Steady(LedColor.Red), Temporary = LedPattern.Steady(LedColor.Green), TemporaryFor = TimeSpan.FromSeconds(60) }));
        Assert.True(bench.Bus.Beep("reader", BeepPattern.Short with { Count = 3 }));
        Assert.True(bench.Bus.ShowText("reader", new DisplayText("Tervetuloa, hyvää päivää")));
        await Bench.Until(bench.Reader, () => bench.Reader is { Light: LedColor.Green, Tones: 3, Text: "Tervetuloa, hyvää päivää" });

        Assert.True(bench.Bus.SetLed("reader", new() { CancelTemporary = true }));
        await Bench.Until(bench.Reader, () => bench.Reader.Light == LedColor.Red);
    }

    [Fact]
    public async Task A_reader_is_ready_again_only_for_the_panel_that_follows_a_killed_one()
    {
        await using var bench = await new Bench().StartAsync("reader");
        bench.Bus.SetLed("reader", new() { Temporary = LedPattern.Steady(LedColor.Blue), TemporaryFor = TimeSpan.FromMinutes(5) });
        await Bench.Until(bench.Reader, () => bench.Reader.ReadyForCards);

        await bench.RestartBusAsync();
        bench.Reader.ForgetPanel();
        Assert.False(bench.Reader.ReadyForCards);
        await bench.StartAsync("reader");
        bench.Bus.SetLed("reader", new() { Temporary = LedPattern.Steady(LedColor.Blue), TemporaryFor = TimeSpan.FromMinutes(5) });

        await Bench.Until(bench.Reader, () => bench.Reader.ReadyForCards);
    }

    [Fact]
    public async Task A_temporary_light_ends_by_itself()
    {
        await using var bench = await new Bench().StartAsync("reader");

        bench.Bus.SetLed("reader", new() { Permanent = LedPattern.Steady(LedColor.Red), Temporary = LedPattern.Blinking(LedColor.Amber, TimeSpan.FromMilliseconds(100)), TemporaryFor = TimeSpan.FromSeconds(2) });

        await Bench.Until(bench.Reader, () => bench.Reader.Light == LedColor.Amber);
        await Bench.Until(bench.Reader, () => bench.Reader.Light == LedColor.Red);
    }

    [Fact]
    public async Task Keys_typed_before_a_card_arrive_before_it_and_those_typed_after_it_after_it()
    {
        await using var bench = new Bench();
        bench.Reader.TypeKeys("9");
        bench.Reader.PresentCard("24400000000012");
        bench.Reader.TypeKeys("1234#");

        await bench.StartAsync();

        Assert.Equal("9", (await bench.Until<DeviceEvent>(IsCardOrKeys) as KeysPressed)?.Keys.Keys.ToString());
        Assert.Equal("24400000000012", (await bench.Until<DeviceEvent>(IsCardOrKeys) as CardScanned)?.Card.Number);
        Assert.Equal("1234#", (await bench.Until<DeviceEvent>(IsCardOrKeys) as KeysPressed)?.Keys.Keys.ToString());
    }

    [Fact]
    public async Task A_card_with_letters_comes_as_characters()
    {
        await using var bench = await new Bench().StartAsync("reader");
        await bench.UntilFresh();

        bench.Reader.PresentCard("837A001234");

        Assert.Equal("837A001234", (await bench.Until<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task Bits_that_are_no_digits_are_an_unreadable_card()
    {
        await using var bench = await new Bench().StartAsync("reader");
        await bench.UntilFresh();

        bench.Reader.PresentBits([0xA1, 0xB2, 0xC3, 0x40], 26);

        Assert.Null((await bench.Until<CardScanned>()).Card.Number);
    }

    [Fact]
    public async Task Inputs_and_tamper_are_told_at_the_start_and_when_they_change()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");
        Assert.Contains(bench.Passed, told => told is InputChanged { SourceId: "io", Input: 3, Active: false });
        Assert.Contains(bench.Passed, told => told is TamperChanged { SourceId: "reader", Tampered: false });

        bench.Module.SetInput(1, true);
        var input = await bench.Until<InputChanged>(told => told.Active);
        bench.Reader.SetTamper(true);
        var tamper = await bench.Until<TamperChanged>(told => told.Tampered);

        Assert.Equal(("io", 1), (input.SourceId, input.Input));
        Assert.Equal("reader", tamper.SourceId);
    }

    private static bool IsCardOrKeys(DeviceEvent told) => told is CardScanned or KeysPressed;
}
