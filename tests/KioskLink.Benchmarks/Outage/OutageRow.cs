using System.Diagnostics;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Demo.Network;

namespace KioskLink.Benchmarks.Outage;

/// <summary>Row 5: a card with its PIN, offered 0 to 3 s after the network died, until the door's relay switches; against online.</summary>
internal static class OutageRow
{
    private const int Seed = 2026;
    private static readonly TimeSpan OfferedWithin = TimeSpan.FromSeconds(3);

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        await using var branch = await OutageBranch.OpenAsync();
        await MeasureAsync(branch, RelayMode.Reset, "closed sockets", TimeSpan.Zero, duration / 2, report);
        await MeasureAsync(branch, RelayMode.Cut, "silent drop", OutageBranch.RegisterPatience, duration / 2, report);
    }

    private static async Task MeasureAsync(OutageBranch branch, RelayMode outage, string what, TimeSpan patience, TimeSpan duration, Report report)
    {
        var (online, first, second) = (new List<TimeSpan>(), new List<TimeSpan>(), new List<TimeSpan>());
        var offered = new Random(Seed);
        var started = Stopwatch.GetTimestamp();
        while (online.Count == 0 || Stopwatch.GetElapsedTime(started) < duration)
        {
            online.Add(await branch.PresentAsync());
            branch.Break(outage);
            await Task.Delay(offered.NextDouble() * OfferedWithin, TimeProvider.System);
            first.Add(await branch.PresentAsync());
            second.Add(await branch.PresentAsync());
            await branch.MendAsync();
        }
        var (with, then, next) = (new Sample(online), new Sample(first), new Sample(second));
        report.Remark($"row 5, {what}, patience {patience.TotalMilliseconds:0} ms: online {with}; first card {then}; second card {next}");
        report.Line($"row 5: first card after {what}, median, against online", then.Median, "ms", with.Median);
        report.Line($"row 5: first card after {what}, longest, against online", then.Max, "ms", with.Max);
        report.Line($"row 5: second card after {what}, longest, against online", next.Max, "ms", with.Max);
    }
}
