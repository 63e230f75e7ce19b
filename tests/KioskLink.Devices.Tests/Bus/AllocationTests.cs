using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A bus polls for years: what it allocates per exchange, it allocates a hundred million times a month.</summary>
public sealed class AllocationTests
{
    [Fact]
    public async Task Polling_a_secure_device_allocates_next_to_nothing()
    {
        const int Exchanges = 300;
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

        Volatile.Write(ref measuring, true);
        await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));

        // The framework's cipher allocates a little now and then; per exchange it is less than the smallest object.
        Assert.InRange((allocated[^1] - allocated[0]) / (double)Exchanges, 0, 24);
    }
}
