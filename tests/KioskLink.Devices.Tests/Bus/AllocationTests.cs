using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A bus polls for years: what it allocates per exchange, it allocates a hundred million times a month.</summary>
public sealed class AllocationTests
{
    [Fact]
    public async Task Polling_secure_devices_allocates_nothing()
    {
        const int Exchanges = 300;
        // A reply that a busy machine made late is asked for again, and a retry may cost something.
        const int RetriesMax = Exchanges / 50;
        var allocated = new List<long>(Exchanges + 1);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var measuring = false;
        await using var bench = await new Bench(trace: (direction, _, _) =>
        {
            // The trace runs on the bus's own thread, so this counts that thread alone.
            if (direction != FrameDirection.Sent || !Volatile.Read(ref measuring) || allocated.Count > Exchanges)
                return;
            allocated.Add(GC.GetAllocatedBytesForCurrentThread());
            if (allocated.Count > Exchanges)
                enough.SetResult();
        }).StartAsync("reader", "io");

        // Whatever is made once has been made by then.
        await Bench.Until(bench.Module, () => bench.Module.SessionPolls > 20);
        Volatile.Write(ref measuring, true);
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));

        Assert.InRange(allocated.Zip(allocated.Skip(1)).Count(pair => pair.Second > pair.First), 0, RetriesMax);
    }
}
