using System.Diagnostics;
using System.Threading.Channels;
using KioskLink.Devices.Locks;
using KioskLink.Devices.Readers;
using KioskLink.Devices.Readers.Lines;
using KioskLink.Devices.Readers.Twn4;
using KioskLink.Devices.Tests.Bus;
using KioskLink.Devices.Tests.Relays;
using KioskLink.Devices.Virtual;
using KioskLink.Testing;

namespace KioskLink.Devices.Tests.Unplug;

/// <summary>Adapters that vanish at any byte and come back under their name on another device: used again, for ever, without a leak.</summary>
[Collection(Alone.Name)]
public sealed class UnplugCycleTests
{
    private const string Code = "24400000000012";
    private const int FilesOfTheRuntime = 8;

    // Half a descriptor lost in each is several times what the runtime may open by itself.
    private const int Cycles = 60;
    private const int LongCycles = 200, ForEver = 10_000;
    private const long MemoryOfNothing = 1_000_000;
    private static readonly byte[] Bytes = System.Text.Encoding.ASCII.GetBytes(Code + "\r");
    private static readonly TimeSpan Quiet = TimeSpan.FromMilliseconds(5);
    private static readonly TimeSpan UsableAfter = TimeSpan.FromSeconds(1);

    // What a busy machine lets one return in a hundred take, or one in all: devices must be back within it whatever happens.
    private static readonly TimeSpan UsableAtLast = TimeSpan.FromSeconds(5);

    [Fact]
    public async Task A_scanner_is_pulled_ten_thousand_times_and_a_whole_code_is_read_after_each()
    {
        // Of the cycles whose code is also read when it counts, half are pulls and half are not.
        const int cycles = 10_000, warm = 500, freshEvery = 250, missingEvery = 100;
        var random = new Random(4711);
        using var adapter = new ReplacedAdapter();
        var events = DeviceEvent.CreateQueue();
        var settings = new LineSettings { End = LineEnd.Cr };
        await using var scanner = new LineScanner(
            new() { Id = "scanner", Path = adapter.Path, Line = settings, QuietAfterOpen = Quiet }, events.Writer, TimeProvider.System);
        Assert.Null(scanner.Start());
        await events.Reader.NextAsync<PortBack>();
        var numbers = new HashSet<string>();
        var returns = new List<TimeSpan>();
        ProcessHoldings? before = null;

        for (var cycle = 0; cycle < cycles; cycle++)
        {
            if (cycle == warm)
                before = ProcessHoldings.Now();
            adapter.Write(Bytes.AsSpan(0, random.Next(Bytes.Length)));
            if (cycle % missingEvery == 0)
            {
                adapter.Pull();
                await events.Reader.NextAsync<PortLost>();
                adapter.Return();
            }
            else
            {
                adapter.Replace();
            }
            var returned = Stopwatch.StartNew();
            await events.Reader.NextAsync<PortBack>();
            returns.Add(returned.Elapsed);
            numbers.Add(adapter.Target);
            // What the port before had begun must not stand in front of it.
            adapter.Write(Bytes);
            Assert.Equal(Code, (await events.Reader.NextAsync<CardScanned>()).Card.Number);
            if (cycle % freshEvery == 0)
                Assert.Equal(Code, await ReadFreshAsync(adapter, events.Reader));
        }

        Assert.True(numbers.Count > 1, "it came back under the same number each time");
        AssertUsableSoon(returns);
        AssertFlat(before!, ProcessHoldings.Now());
    }

    [Theory]
    [InlineData("modbus-rtu")]
    [InlineData("kmtronic")]
    [InlineData("lctech")]
    [InlineData("numato")]
    [InlineData("devantech")]
    public async Task A_relay_board_is_pulled_at_any_byte_and_unlocks_after_each_return(string kind)
    {
        await using var bench = await RelayBench.Of(kind).StartAsync();
        await CycleAsync(
            Cable.Of(bench.Line),
            () => bench.UnlockAsync(3600),
            async () => Assert.Equal(OutputResult.Acknowledged, await bench.UnlockAsync(0.1)),
            bench.Until<DeviceOnline>,
            whenLong: kind == "modbus-rtu" ? ForEver : LongCycles);
    }

    [Fact]
    public async Task A_bus_of_readers_is_pulled_at_any_byte_and_unlocks_after_each_return()
    {
        await using var bench = await new Bench().StartAsync("reader", "io");
        await CycleAsync(
            Cable.Of(bench.Line),
            () => bench.Bus.UnlockAsync("io", 0, TimeSpan.FromSeconds(3600)),
            async () => Assert.Equal(OutputResult.Acknowledged, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(100))),
            () => bench.Until<DeviceOnline>(told => told.SourceId == "io"),
            whenLong: ForEver);
    }

    [Fact]
    public async Task A_serial_server_loses_its_supply_at_any_byte_and_its_bus_unlocks_after_each_return()
    {
        VirtualSerialServer? made = null;
        await using var bench = new Bench(change: options => options with { Path = (made = new VirtualSerialServer(options.Path, options.Baud)).Path });
        using var server = made!;
        await bench.StartAsync("reader", "io");
        await CycleAsync(
            new Cable(bench.Line.Faults, () => LoseSupplyAsync(server, bench), () => server.Powered = true),
            () => bench.Bus.UnlockAsync("io", 0, TimeSpan.FromSeconds(3600)),
            async () => Assert.Equal(OutputResult.Acknowledged, await bench.Bus.UnlockAsync("io", 0, TimeSpan.FromMilliseconds(100))),
            () => bench.Until<DeviceOnline>(told => told.SourceId == "io"));
    }

    [Fact]
    public async Task A_twn4_is_pulled_at_any_byte_and_reads_a_card_after_each_return()
    {
        const byte mifare = 0x80;
        using var folder = new TempFolder();
        var events = DeviceEvent.CreateQueue();
        var twin = new VirtualTwn4();
        using var line = new VirtualLine(folder["reader"], 9600, [twin], TimeProvider.System);
        await using var reader = new Twn4Reader(new() { Id = "reader", Path = line.Path, Settings = new() { PollMs = 20 } }, events.Writer, TimeProvider.System);
        Assert.Null(reader.Start());
        await events.Reader.NextAsync<DeviceOnline>();
        byte[] before = [4, 1, 2, 3, 4, 5, 6], after = [4, 6, 5, 4, 3, 2, 1];
        await CycleAsync(
            Cable.Of(line),
            () =>
            {
                twin.Present(mifare, before);
                return Task.CompletedTask;
            },
            async () =>
            {
                twin.Present(mifare, after);
                await UntilReadAsync(events.Reader, Convert.ToHexString(after), besides: Convert.ToHexString(before));
            },
            () => events.Reader.NextAsync<DeviceOnline>());
    }

    private static async Task LoseSupplyAsync(VirtualSerialServer server, Bench bench)
    {
        server.Powered = false;
        // The server looks at it now and then: given back before, nobody would have noticed.
        await bench.Until<PortLost>();
    }

    private static async Task UntilReadAsync(ChannelReader<DeviceEvent> events, string number, string besides)
    {
        string? read;
        while ((read = (await events.NextAsync<CardScanned>()).Card.Number) != number)
            Assert.Equal(besides, read);
    }

    private static async Task CycleAsync(Cable cable, Func<Task> order, Func<Task> use, Func<Task> back, int whenLong = LongCycles)
    {
        var (cycles, warm) = (LongRun.IsAsked ? whenLong : Cycles, 4);
        var random = new Random(4711);
        var returns = new List<TimeSpan>();
        ProcessHoldings? before = null;
        for (var cycle = 0; cycle < cycles; cycle++)
        {
            if (cycle == warm)
                before = ProcessHoldings.Now();
            cable.Faults.CorruptReplies(random.Next(2));
            var ordered = order();
            // The pull falls on another byte of the order or its answer each time.
            Thread.SpinWait(random.Next(40_000));
            await cable.PullAsync();
            await ordered;
            cable.Faults.CorruptReplies(0);
            var returned = Stopwatch.StartNew();
            cable.Return();
            await back();
            await use();
            returns.Add(returned.Elapsed);
        }

        AssertUsableSoon(returns);
        AssertFlat(before!, ProcessHoldings.Now());
    }

    private static async Task<string?> ReadFreshAsync(ReplacedAdapter adapter, ChannelReader<DeviceEvent> events)
    {
        while (true)
        {
            // Until the line has been quiet for a moment, what comes counts as old.
            await Task.Delay(Quiet * 4);
            adapter.Write(Bytes);
            if (await events.NextAsync<CardScanned>() is { Stale: false, Card.Number: { } number })
                return number;
        }
    }

    private static void AssertUsableSoon(List<TimeSpan> returns)
    {
        var (slow, slowest) = (returns.Count(took => took > UsableAfter), returns.Max());
        Assert.True(slow <= Math.Max(returns.Count / 100, 1) && slowest <= UsableAtLast, $"{slow} of {returns.Count} returns took more than {UsableAfter}, the slowest {slowest}");
    }

    private static void AssertFlat(ProcessHoldings before, ProcessHoldings after)
    {
        Assert.InRange(after.Files, 0, before.Files + FilesOfTheRuntime);
        Assert.InRange(after.Memory, 0, before.Memory + MemoryOfNothing);
    }
}
