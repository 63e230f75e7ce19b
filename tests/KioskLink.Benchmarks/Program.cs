using KioskLink.Benchmarks.Checkout;
using KioskLink.Benchmarks.Entry;
using KioskLink.Benchmarks.Machines;
using KioskLink.Benchmarks.Offline;
using KioskLink.Benchmarks.Outage;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Benchmarks.Size;
using KioskLink.Benchmarks.Wire;

namespace KioskLink.Benchmarks;

/// <summary>Measures the numbers that the design sets, each beside its baseline of the same run.</summary>
internal static class Program
{
    private const string Usage = "usage: KioskLink.Benchmarks row1|row2|row3|row4|row5|row9|row9-branch|row10|idle|pin-timing|size|checkout|all [--seconds N]";

    private static readonly (string Name, int Seconds, Func<TimeSpan, Report, Task> Run)[] Benchmarks =
    [
        ("row1", 30, CardOnlyRow.RunAsync),
        ("row2", 40, PinRow.RunAsync),
        ("row3", 30, OfflineRow.RunAsync),
        ("row4", 180, CardToUnlockRow.RunAsync),
        ("row5", 240, OutageRow.RunAsync),
        ("row10", 180, ReturnRow.RunAsync),
        ("idle", 60, IdleRow.RunAsync),
        ("row9", 55, Sip2Row.RunAsync),
        ("row9-branch", 90, Sip2BranchRow.RunAsync),
        ("pin-timing", 30, PinTimings.RunAsync),
        ("size", 60, SizeRow.RunAsync),
        ("checkout", 60, CheckoutRow.RunAsync),
    ];

    private static async Task<int> Main(string[] args)
    {
        var chosen = Benchmarks.Where(benchmark => args is [var name, ..] && (name == benchmark.Name || name == "all")).ToList();
        var seconds = args is [_, "--seconds", var given] && int.TryParse(given, out var number) && number > 0 ? number : (int?)null;
        if (chosen.Count == 0 || args.Length != (seconds is null ? 1 : 3))
        {
            await Console.Error.WriteLineAsync(Usage);
            return 2;
        }
        var report = new Report(Console.Out, Console.Error);
        foreach (var benchmark in chosen)
            await benchmark.Run(TimeSpan.FromSeconds(seconds ?? benchmark.Seconds), report);
        return 0;
    }
}
