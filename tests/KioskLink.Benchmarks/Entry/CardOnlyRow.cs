using KioskLink.Benchmarks.Load;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Benchmarks.Entry;

/// <summary>Row 1: <c>AuthorizeEntry</c> for a badge against a bare handler, both called by the same client in turn.</summary>
internal static class CardOnlyRow
{
    private const string Badge = "29909090000919";
    private const int Connections = 4;
    private const int Workers = 64;
    private const int Rounds = 5;
    private const double OpenLoopRate = 1000;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        await using var site = await RegisterSite.OpenAsync(new Crowd(0));
        using var entry = site.NewClient(Connections);
        var answer = await entry.CallAsync(EntryCall.Ask(Badge));
        EntryCall.Expect(DecisionCode.GrantedBadge, answer);
        await using var server = await BareServer.StartAsync(site.Server, answer);
        using var bare = new RawClient(server.Address, site.Caller, site.Server, Connections);

        Task Call(RawClient client) => client.CallAsync(EntryCall.Ask(Badge));
        var part = duration / (4 * Rounds);
        await ClosedLoop.RateAsync(Workers, part * 2, _ => Call(bare));
        await ClosedLoop.RateAsync(Workers, part * 2, _ => Call(entry));
        var pairs = new List<(Rate Entry, Rate Bare)>();
        for (var round = 0; round < Rounds; round++)
            pairs.Add((await ClosedLoop.RateAsync(Workers, part, _ => Call(entry)), await ClosedLoop.RateAsync(Workers, part, _ => Call(bare))));
        var middle = pairs.OrderBy(Ratio).ElementAt(Rounds / 2);
        report.Remark($"row 1, ratios of {Rounds} pairs: {string.Join(' ', pairs.Select(pair => Ratio(pair).ToString("0.000")))}");
        report.Remark($"row 1, the middle pair: AuthorizeEntry {middle.Entry.PerCall}; bare {middle.Bare.PerCall}");
        report.Line("row 1: AuthorizeEntry, badge, closed loop, against a bare HTTP/2 handler", middle.Entry.PerSecond, "calls/s", middle.Bare.PerSecond);

        var entered = new Sample(await OpenLoop.RunAsync(OpenLoopRate, duration / 4, _ => Call(entry)));
        var idle = new Sample(await OpenLoop.RunAsync(OpenLoopRate, duration / 4, _ => Call(bare)));
        report.Remark($"row 1, 1 000/s: AuthorizeEntry {entered}; bare {idle}");
        report.Line("row 1: AuthorizeEntry, badge, open loop at 1 000/s, p99", entered.P99, "ms", idle.P99);
    }

    private static double Ratio((Rate Entry, Rate Bare) pair) => pair.Entry.PerSecond / pair.Bare.PerSecond;
}
