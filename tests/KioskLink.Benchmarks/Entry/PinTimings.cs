using System.Diagnostics;
using KioskLink.Benchmarks.Load;
using KioskLink.Benchmarks.Offline;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Benchmarks.Entry;

/// <summary>
/// Whether time tells an unknown card from a wrong PIN, in the register and in a node that is cut off: both are tried in turn and
/// both samples are printed.
/// </summary>
internal static class PinTimings
{
    private const int TriesMax = 400;
    private const int WarmUp = 20;

    /// <summary>Measures and prints. Each try has a card and a device of its own, so that no lock and no slowdown is met.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        await AtRegisterAsync(duration / 2, report);
        await AtNodeAsync(duration / 2, report);
    }

    private static async Task AtRegisterAsync(TimeSpan duration, Report report)
    {
        await using var site = await RegisterSite.OpenAsync(new Crowd(TriesMax));
        using var client = site.NewClient(connections: 1);
        var (wrong, unknown) = (new List<TimeSpan>(), new List<TimeSpan>());
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; number < TriesMax && Stopwatch.GetElapsedTime(started) < duration; number++)
        {
            wrong.Add(await TimeAsync(client, Crowd.Card(number), DecisionCode.PinWrong, number));
            unknown.Add(await TimeAsync(client, Crowd.Card(TriesMax + number), DecisionCode.CardUnknown, TriesMax + number));
        }
        Print(report, "register", new Sample(wrong.Skip(WarmUp)), new Sample(unknown.Skip(WarmUp)));
    }

    private static async Task AtNodeAsync(TimeSpan duration, Report report)
    {
        using var node = new OfflineNode(pinRequired: true, cards: TriesMax);
        var (wrong, unknown) = (new List<TimeSpan>(), new List<TimeSpan>());
        var started = Stopwatch.GetTimestamp();
        for (var number = 0; number < TriesMax && Stopwatch.GetElapsedTime(started) < duration; number++)
        {
            wrong.Add(await node.PresentAsync(Crowd.Card(number), Crowd.WrongPin, DecisionCode.PinWrong));
            unknown.Add(await node.PresentAsync(Crowd.Card(TriesMax + number), Crowd.WrongPin, DecisionCode.OfflineNotCached));
        }
        Print(report, "node offline", new Sample(wrong.Skip(WarmUp)), new Sample(unknown.Skip(WarmUp)));
    }

    private static void Print(Report report, string where, Sample wrong, Sample unknown)
    {
        report.Remark($"pin timing, {where}: wrong PIN {wrong}; unknown card {unknown}");
        report.Times($"pin timing, {where}: wrong PIN of a known card", wrong);
        report.Times($"pin timing, {where}: unknown card", unknown);
        report.Line($"pin timing, {where}: unknown card against wrong PIN, median", unknown.Median, "ms", wrong.Median);
        report.Line($"pin timing, {where}: unknown card against wrong PIN, p90", unknown.Percentile(0.9), "ms", wrong.Percentile(0.9));
    }

    private static async Task<TimeSpan> TimeAsync(RawClient client, string card, DecisionCode expected, int number)
    {
        var body = EntryCall.Ask(card, Crowd.WrongPin, $"reader-{number}");
        var started = Stopwatch.GetTimestamp();
        var answer = await client.CallAsync(body);
        var elapsed = Stopwatch.GetElapsedTime(started);
        EntryCall.Expect(expected, answer);
        return elapsed;
    }
}
