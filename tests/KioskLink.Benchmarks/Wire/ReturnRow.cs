using System.Diagnostics;
using KioskLink.Benchmarks.Reporting;

namespace KioskLink.Benchmarks.Wire;

/// <summary>
/// Row 10: an adapter plugged in again, and a reader that has its power back, until the reader is past the two polls whose cards may be old; beside a bare
/// loop that looks for the port each millisecond and needs one answer.
/// </summary>
internal static class ReturnRow
{
    private static readonly int[] Bauds = [9600, 38400, 115200];
    private static readonly TimeSpan LongestAway = TimeSpan.FromSeconds(3);

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        foreach (var baud in Bauds)
        {
            var bare = Bare(baud);
            var part = duration / (2 * Bauds.Length);
            Print($"row 10: adapter replugged, {baud} baud, until usable", await RepeatAsync(baud, part, (bench, away) => bench.ReplugAsync(away)), bare, report);
            Print($"row 10: reader re-powered, {baud} baud, from its first answer until usable", await RepeatAsync(baud, part, (bench, away) => bench.RepowerAsync(away)), bare, report);
        }
    }

    private static async Task<Sample> RepeatAsync(int baud, TimeSpan duration, Func<WireBench, TimeSpan, Task<TimeSpan>> measure)
    {
        await using var bench = await new WireBench(baud, readers: 1).StartAsync();
        var (times, started) = (new List<TimeSpan>(), Stopwatch.GetTimestamp());
        for (var number = 1; Stopwatch.GetElapsedTime(started) < duration; number++)
            times.Add(await measure(bench, number * 0.618033988749895 % 1 * LongestAway));
        return new Sample(times);
    }

    private static Sample Bare(int baud)
    {
        using var reader = new BareReader(baud);
        using var bare = new BareLine(reader.Path, baud);
        return new Sample(Enumerable.Range(0, 20).Select(_ =>
        {
            bare.Close();
            reader.Replug();
            return bare.OpenAndAsk();
        }).ToList());
    }

    private static void Print(string name, Sample sample, Sample bare, Report report)
    {
        report.Remark($"{name}: {sample}; bare {bare}");
        report.Line($"{name}, median, against one bare answer", sample.Median, "ms", bare.Median);
        report.Line($"{name}, longest, against one bare answer", sample.Max, "ms", bare.Max);
    }
}
