using System.Text;
using KioskLink.Sip2.Server;
using KioskLink.Sip2.Tests.Server;
using KioskLink.Testing;

namespace KioskLink.Sip2.Tests.Hostile;

/// <summary>What hostile machines cost in memory. Alone, since the figures are those of the whole process.</summary>
[Collection(nameof(Alone))]
public sealed class MemoryTests
{
    private const long Megabyte = 1024 * 1024;

    [Fact]
    public async Task A_thousand_connections_that_never_log_in_keep_nobody_out_and_take_little_memory()
    {
        var time = new VirtualTime();
        await using var hall = new Hall(options => options with { Limits = new ListenerLimits { ConnectionsPerSource = 4096 } }, time);
        await using var good = await hall.LogInAsync();
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var idle = new List<RawDevice>();
        for (var count = 0; count < 1000; count++)
            idle.Add(await hall.ConnectAsync());
        await Patience.Until(() => hall.Listener.Counts.Accepted == 1001, "all of them are there");
        await Patience.Until(() => hall.Listener.Counts.Open == 513, "the oldest have made room");
        await AssertServedAsync(good);
        await using (var late = await hall.LogInAsync())
            await AssertServedAsync(late);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, 0, 40 * Megabyte);
        time.Advance(TimeSpan.FromSeconds(31));
        await Patience.Until(() => hall.Listener.Counts.Open == 1, "they are closed");
        await AssertServedAsync(good);
        foreach (var machine in idle)
            await machine.DisposeAsync();
    }

    [Fact]
    public async Task Memory_is_flat_over_a_hundred_thousand_hostile_messages()
    {
        await using var hall = new Hall(options => options with { Report = null }, circulation: new MemoryCirculation { RemembersQuestions = false });
        await using var good = await hall.LogInAsync();
        await using var hostile = await hall.LogInAsync();
        var noise = Encoding.ASCII.GetBytes(string.Concat(Enumerable.Range(0, 1000).Select(number => $"42noise{number}\r63{new string('Z', number % 60)}|AA\r\n")));
        await DrainedAsync(hall, hostile, noise, 5);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        await DrainedAsync(hall, hostile, noise, 50);
        Assert.InRange(GC.GetTotalMemory(forceFullCollection: true) - before, -64 * Megabyte, 4 * Megabyte);
        await AssertServedAsync(good);
    }

    private static async Task AssertServedAsync(RawDevice machine) =>
        Assert.Contains("BLY|CQY|", await machine.SayAsync(Hall.Ask63), StringComparison.Ordinal);

    private static async Task DrainedAsync(Hall hall, RawDevice machine, byte[] noise, int times)
    {
        for (var time = 0; time < times; time++)
        {
            var due = hall.Listener.Counts.Messages + 2000;
            await machine.SendAsync(noise);
            await machine.HearManyAsync(1000, "64");
            await Patience.Until(() => hall.Listener.Counts.Messages == due, "all of it is read");
        }
    }

    /// <summary>Tests that run while no other does.</summary>
    [CollectionDefinition(nameof(Alone), DisableParallelization = true)]
    public sealed class Alone;
}
