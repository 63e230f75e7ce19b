using KioskLink.Devices.Osdp;

namespace KioskLink.Devices.Tests.Bus;

/// <summary>A bus polls for years: what it allocates per exchange, it allocates a hundred million times a month.</summary>
public sealed class AllocationTests
{
    private const int Exchanges = 300;

    // A reply that a busy machine makes late is asked for again, and that may cost something: what is measured has none.
    private const int TriesMax = 10;

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
            var before = Disturbances(bench);
            Volatile.Write(ref measuring, true);
            await enough.Task.WaitAsync(TimeSpan.FromSeconds(60));
            if (Disturbances(bench) == before || tries == TriesMax)
                break;
            allocated.Clear();
            enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }

        Assert.Equal(0, allocated[^1] - allocated[0]);
    }

    private static long Disturbances(Bench bench) =>
        bench.Bus.Status.Sum(device => device.Counters.Retries + device.Counters.Silences + device.Counters.Damaged + device.Counters.Busy + device.LateReplies);
}
