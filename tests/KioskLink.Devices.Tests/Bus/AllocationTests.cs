using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A bus polls for years: what it allocates per exchange, it allocates a hundred million times a month.</summary>
public sealed class AllocationTests
{
    private const int Exchanges = 300;

    // A garbage collection, which other tests bring about, empties the runtime's pools, and the next exchange fills them again: 264 bytes
    // for each. So what is measured has none in it.
    private const int TriesMax = 20;

    [Fact]
    public async Task Polling_secure_devices_allocates_nothing()
    {
        var allocated = new List<long>(Exchanges + 1);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var measuring = false;
        await using var bench = await new Bench(trace: (direction, _, _) =>
        {
            // The trace runs on the bus's own thread, so this counts that thread alone.
            if (direction != FrameDirection.Sent || !Volatile.Read(ref measuring))
                return;
            allocated.Add(GC.GetAllocatedBytesForCurrentThread());
            if (allocated.Count <= Exchanges)
                return;
            Volatile.Write(ref measuring, false);
            enough.SetResult();
        }).StartAsync("reader", "io");

        // Whatever is made once has been made by then.
        await Bench.Until(bench.Module, () => bench.Module.SessionPolls > 20);
        for (var tries = 1; ; tries++)
        {
            var collections = GC.CollectionCount(0);
            Volatile.Write(ref measuring, true);
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
            if (GC.CollectionCount(0) == collections || tries == TriesMax)
                break;
            allocated.Clear();
            enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Assert.Equal(0, allocated[^1] - allocated[0]);
    }
}
