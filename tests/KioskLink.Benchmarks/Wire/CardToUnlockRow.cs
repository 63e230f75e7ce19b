using System.Diagnostics;
using KioskLink.Benchmarks.Reporting;

namespace KioskLink.Benchmarks.Wire;

/// <summary>Row 4: from the card at the reader to the last byte of the unlock command at the I/O module, against the wire's floor.</summary>
internal static class CardToUnlockRow
{
    private const int Seed = 2026;
    private const int WarmUp = 3;
    private static readonly int[] Bauds = [9600, 38400, 115200];
    private static readonly int[] ReaderCounts = [1, 4, 8];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        var part = duration / (Bauds.Length * ReaderCounts.Length);
        foreach (var baud in Bauds)
            foreach (var readers in ReaderCounts)
                await MeasureAsync(baud, readers, part, report);
    }

    private static async Task MeasureAsync(int baud, int readers, TimeSpan duration, Report report)
    {
        var floor = new WireFloor(baud, readers + 1);
        await using var bench = await new WireBench(baud, readers).StartAsync();
        var times = new List<TimeSpan>();
        // Cards come at any moment of the cycle.
        var phase = new Random(Seed);
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(started) < duration; number++)
        {
            await Task.Delay(phase.NextDouble() * floor.Cycle, TimeProvider.System);
            times.Add(await bench.PresentAsync(number % readers));
        }
        Print(baud, readers, floor, new Sample(times.Skip(WarmUp)), report);
    }

    private static void Print(int baud, int readers, WireFloor floor, Sample sample, Report report)
    {
        var name = $"row 4: card to unlock, {baud} baud, {readers} reader{(readers > 1 ? "s" : "")} and the module";
        report.Remark(
            $"{name}: {sample}; cycle {floor.Cycle.TotalMilliseconds:0.0} ms = {floor.Devices} x (POLL {WireFloor.PollBytes} + ACK {WireFloor.AckBytes} bytes"
            + $" + turnaround + quiet), card {WireFloor.CardBytes} + unlock {WireFloor.UnlockBytes} bytes {floor.Answer.TotalMilliseconds:0.0} ms;"
            + $" over the floor: median {sample.Median - floor.Milliseconds(0.5):0.0}, p99 {sample.P99 - floor.Milliseconds(0.99):0.0} ms");
        report.Line($"{name}, median, against the wire floor", sample.Median, "ms", floor.Milliseconds(0.5));
        report.Line($"{name}, p99, against the wire floor", sample.P99, "ms", floor.Milliseconds(0.99));
    }
}
