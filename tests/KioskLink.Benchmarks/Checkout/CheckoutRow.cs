using KioskLink.Benchmarks.Entry;
using KioskLink.Benchmarks.Load;
using KioskLink.Benchmarks.Reporting;

namespace KioskLink.Benchmarks.Checkout;

/// <summary>
/// <c>CheckOut</c> with durable records over real gRPC at 1, 16 and 64 callers, against bare synced inserts, one a transaction, and
/// against a handler that answers the same bytes and does nothing.
/// </summary>
internal static class CheckoutRow
{
    private const int Patrons = 512;
    private const int Items = 70_000;
    private const int Connections = 4;
    private const int Parts = 10;
    private static readonly int[] Callers = [1, 16, 64];

    // As long as a request for a loan.
    private static readonly byte[] EchoBody = new byte[128];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        await using var site = await RegisterSite.OpenAsync(new Crowd(Patrons));
        await site.AddItemsAsync(Items, CheckoutCall.Item);
        using var lending = site.NewClient(Connections, CheckoutCall.Method);
        var answer = await lending.CallAsync(CheckoutCall.Ask(Patrons));
        CheckoutCall.Expect(answer);
        await using var server = await BareServer.StartAsync(site.Server, answer);
        using var echo = new RawClient(server.Address, site.Caller, site.Server, Connections);
        using var bare = new BareInserts(site.Folder);

        var part = duration / Parts;
        await ClosedLoop.RateAsync(16, part / 2, _ => LendAsync(lending));
        await ClosedLoop.RateAsync(16, part / 2, _ => echo.CallAsync(EchoBody));
        foreach (var callers in Callers)
        {
            var before = CheckoutCall.Made;
            var lent = await ClosedLoop.RateAsync(callers, part, _ => LendAsync(lending));
            var inserts = await ClosedLoop.RateAsync(1, part, _ => bare.InsertAsync());
            var echoed = await ClosedLoop.RateAsync(callers, part, _ => echo.CallAsync(EchoBody));
            report.Remark($"checkout, {callers} callers: {CheckoutCall.Made - before} loans; CheckOut {lent.PerCall}; echo {echoed.PerCall}");
            report.Line($"checkout: CheckOut, durable, {callers} callers, against bare synced inserts", lent.PerSecond, "calls/s", inserts.PerSecond);
            report.Line($"checkout: CheckOut, durable, {callers} callers, against an echo RPC", lent.PerSecond, "calls/s", echoed.PerSecond);
        }
    }

    private static async Task LendAsync(RawClient client) => CheckoutCall.Expect(await client.CallAsync(CheckoutCall.Ask(Patrons)));
}
