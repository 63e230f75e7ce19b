using System.Diagnostics;
using System.Text;
using KioskLink.Benchmarks.Entry;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Pins;

namespace KioskLink.Benchmarks.Offline;

/// <summary>Row 3: a decision of a node that is cut off, its record durable, against a bare sync of the same disk; in turn.</summary>
internal static class OfflineRow
{
    private const int WarmUp = 20;
    private const int Cards = 100;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        await CardOnlyAsync(duration / 2, report);
        await WithPinAsync(duration / 2, report);
    }

    private static async Task CardOnlyAsync(TimeSpan duration, Report report)
    {
        using var node = new OfflineNode(pinRequired: false, Cards);
        using var disk = new BareDisk(node.Folder);
        var (decided, synced) = await InTurnAsync(duration, number => node.PresentAsync(Crowd.Card(number % Cards), "", DecisionCode.Granted), disk.Sync);
        report.Remark($"row 3, card only: decision {decided}; bare sync {synced}; p99 is {decided.P99 - synced.P99:0.00} ms over");
        report.Line("row 3: offline decision, card only, p99, against a bare sync", decided.P99, "ms", synced.P99);
        report.Line("row 3: offline decision, card only, median, against a bare sync", decided.Median, "ms", synced.Median);
    }

    private static async Task WithPinAsync(TimeSpan duration, Report report)
    {
        using var node = new OfflineNode(pinRequired: true, Cards);
        using var disk = new BareDisk(node.Folder);
        var (decided, bare) = await InTurnAsync(
            duration, number => node.PresentAsync(Crowd.Card(number % Cards), Crowd.Pin, DecisionCode.Granted), () => SlowHash() + disk.Sync());
        report.Remark($"row 3, with PIN: decision {decided}; bare sync and slow hash {bare}; p99 is {decided.P99 - bare.P99:0.00} ms over");
        report.Line("row 3: offline decision, with PIN, p99, against a bare sync and one slow hash", decided.P99, "ms", bare.P99);
        report.Line("row 3: offline decision, with PIN, median, against a bare sync and one slow hash", decided.Median, "ms", bare.Median);
    }

    private static async Task<(Sample Decided, Sample Bare)> InTurnAsync(TimeSpan duration, Func<int, Task<TimeSpan>> decide, Func<TimeSpan> bare)
    {
        var (decided, synced) = (new List<TimeSpan>(), new List<TimeSpan>());
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; Stopwatch.GetElapsedTime(started) < duration; number++)
        {
            decided.Add(await decide(number));
            synced.Add(bare());
        }
        return (new Sample(decided.Skip(WarmUp)), new Sample(synced.Skip(WarmUp)));
    }

    private static TimeSpan SlowHash()
    {
        var started = Stopwatch.GetTimestamp();
        PinHashes.Best.Hash(Encoding.ASCII.GetBytes(Crowd.Pin), new byte[PinHashes.SaltLength]);
        return Stopwatch.GetElapsedTime(started);
    }
}
