using System.Diagnostics;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Devices.Osdp;

namespace KioskLink.Benchmarks.Wire;

/// <summary>Row 4: from the card at the reader to the last byte of the unlock command at the I/O module, against the wire's floor.</summary>
internal static class CardToUnlockRow
{
    private const int WarmUp = 3;

    /// <summary>A slow line leaves the machine idle: so many lines run side by side that together they carry about this many polls a second, at any speed.</summary>
    private const int PollsPerSecond = 700;

    /// <summary>Readers that are there beside one that is not: it costs a card that comes in its slot of 200 ms that slot, which comes once a second at most.</summary>
    private const int ReaderWithAbsent = 1;

    private static readonly int[] Bauds = [9600, 38400, 115200];
    private static readonly int[] ReaderCounts = [1, 4, 8];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        var part = duration / (Bauds.Length * (ReaderCounts.Length + 1));
        foreach (var baud in Bauds)
        {
            foreach (var readers in ReaderCounts)
                await MeasureAsync(new WireFloor(baud, readers, new OsdpLimits().StatusPollInterval), absent: 0, part, report);
            await MeasureAsync(new WireFloor(baud, ReaderWithAbsent, new OsdpLimits().StatusPollInterval), absent: 1, part, report);
        }
    }

    private static async Task MeasureAsync(WireFloor floor, int absent, TimeSpan duration, Report report)
    {
        var lines = (int)Math.Round(PollsPerSecond * floor.Poll.TotalSeconds);
        var times = await Task.WhenAll(Enumerable.Range(0, lines).Select(line => MeasureLineAsync(floor, absent, line, duration)));
        Print(floor, absent, lines, new Sample(times.SelectMany(line => line.Skip(WarmUp))), report);
    }

    private static async Task<List<TimeSpan>> MeasureLineAsync(WireFloor floor, int absent, int line, TimeSpan duration)
    {
        await using var bench = await new WireBench(floor.Baud, floor.Readers, absent).StartAsync();
        var times = new List<TimeSpan>();
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(started) < duration; number++)
        {
            await Task.Delay(Phase(number, line) * floor.Period + floor.Poll, TimeProvider.System);
            times.Add(await bench.PresentAsync(number % floor.Readers));
        }
        return times;
    }

    // Cards come at every moment of the period alike: multiples of the golden ratio fill it evenly, so that a few hundred cards say what random ones would in many thousands.
    private static double Phase(int number, int line) => (number * 0.618033988749895 + line * 0.7548776662466927) % 1;

    private static void Print(WireFloor floor, int absent, int lines, Sample sample, Report report)
    {
        var name = $"row 4: card to unlock, {floor.Baud} baud, {floor.Readers} reader{(floor.Readers > 1 ? "s" : "")}{(absent > 0 ? $", {absent} absent" : "")} and the module";
        report.Remark(
            $"{name}: {sample}; {lines} lines side by side; a poll {floor.Poll.TotalMilliseconds:0.0} ms = POLL {WireFloor.PollBytes} + ACK {WireFloor.AckBytes} bytes"
            + $" + turnaround + quiet, the module's after {floor.RoundsPerModule} round{(floor.RoundsPerModule > 1 ? "s" : "")};"
            + $" card {WireFloor.CardBytes} + quiet + unlock {WireFloor.UnlockBytes} bytes {floor.Answer.TotalMilliseconds:0.0} ms;"
            + $" floor {floor.Milliseconds(0.5):0.0} / {floor.Milliseconds(0.99):0.0}, over it: median {sample.Median - floor.Milliseconds(0.5):0.0}, p99 {sample.P99 - floor.Milliseconds(0.99):0.0} ms");
        report.Line($"{name}, median, against the wire floor", sample.Median, "ms", floor.Milliseconds(0.5));
        report.Line($"{name}, p99, against the wire floor", sample.P99, "ms", floor.Milliseconds(0.99));
    }
}
