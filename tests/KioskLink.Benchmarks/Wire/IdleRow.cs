using System.Diagnostics;
using KioskLink.Benchmarks.Reporting;

namespace KioskLink.Benchmarks.Wire;

/// <summary>What eight ports cost while nobody comes: the share of one core that their loops take, and what they allocate, beside a bare loop of the same exchanges.</summary>
internal static class IdleRow
{
    private const int Ports = 8;
    private static readonly int[] Bauds = [9600, 38400];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        foreach (var baud in Bauds)
            await MeasureAsync(baud, duration / (2 * Bauds.Length), report);
    }

    private static async Task MeasureAsync(int baud, TimeSpan duration, Report report)
    {
        var bare = await BareAsync(baud, duration);
        var benches = await Task.WhenAll(Enumerable.Range(0, Ports).Select(_ => new WireBench(baud, readers: 1).StartAsync()));
        var (spent, started, exchanges) = (ThreadTimes.OfThreads(WireBench.ThreadName), Stopwatch.GetTimestamp(), benches.Sum(bench => bench.Exchanges));
        var allocated = benches.Sum(bench => bench.Allocated);
        await Task.Delay(duration);
        spent = ThreadTimes.OfThreads(WireBench.ThreadName) - spent;
        var elapsed = Stopwatch.GetElapsedTime(started);
        exchanges = benches.Sum(bench => bench.Exchanges) - exchanges;
        allocated = benches.Sum(bench => bench.Allocated) - allocated;
        foreach (var bench in benches)
            await bench.DisposeAsync();

        var name = $"idle: {Ports} ports at {baud} baud, a reader and a module each";
        report.Remark($"{name}: {exchanges / elapsed.TotalSeconds:0} exchanges/s, {spent.TotalMicroseconds / exchanges:0.0} us each; bare {bare.Exchanges / duration.TotalSeconds:0}/s, {bare.Spent.TotalMicroseconds / bare.Exchanges:0.0} us each");
        report.Line($"{name}, share of a core, against a bare loop", 100 * (spent / elapsed), "%", 100 * (bare.Spent / duration));
        report.Line($"{name}, processor time of an exchange, against a bare loop", spent.TotalMicroseconds / exchanges, "us", bare.Spent.TotalMicroseconds / bare.Exchanges);
        report.Line($"{name}, allocated by an exchange", (double)allocated / exchanges, "bytes", 0);
    }

    private static async Task<(int Exchanges, TimeSpan Spent)> BareAsync(int baud, TimeSpan duration)
    {
        var loops = await Task.WhenAll(Enumerable.Range(0, Ports).Select(_ => Task.Factory.StartNew(() => RunBare(baud, duration), TaskCreationOptions.LongRunning)));
        return (loops.Sum(loop => loop.Exchanges), loops.Aggregate(TimeSpan.Zero, (sum, loop) => sum + loop.Spent));
    }

    private static (int Exchanges, TimeSpan Spent) RunBare(int baud, TimeSpan duration)
    {
        using var line = new BareReader(baud);
        using var bare = new BareLine(line.Path, baud);
        bare.OpenAndAsk();
        return bare.Run(duration);
    }
}
