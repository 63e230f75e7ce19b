using System.Text;
using KioskLink.Benchmarks.Load;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Pins;

namespace KioskLink.Benchmarks.Entry;

/// <summary>Row 2: <c>AuthorizeEntry</c> with a right PIN against the bare slow hash, and beside devices that spray wrong PINs.</summary>
internal static class PinRow
{
    private const int Connections = 4;
    private const int Workers = 8;
    private const int Rounds = 5;
    private const int SprayingDevices = 20;
    private const double SprayRate = 2000;
    private const double HonestRate = 5;

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        await using var site = await RegisterSite.OpenAsync(new Crowd(Workers));
        using var client = site.NewClient(Connections);
        await RateAsync(duration, report, client);
        await SprayAsync(duration / 2, report, client);
    }

    private static async Task RateAsync(TimeSpan duration, Report report, RawClient client)
    {
        var part = duration / (4 * Rounds);
        await ClosedLoop.RateAsync(Workers, part, worker => EnterAsync(client, worker));
        var pairs = new List<(Rate Entry, Rate Bare)>();
        for (var round = 0; round < Rounds; round++)
            pairs.Add((await ClosedLoop.RateAsync(Workers, part, worker => EnterAsync(client, worker)), await BareRateAsync(part)));
        var middle = pairs.OrderBy(Ratio).ElementAt(Rounds / 2);
        report.Remark($"row 2, ratios of {Rounds} pairs: {string.Join(' ', pairs.Select(pair => Ratio(pair).ToString("0.000")))}");
        report.Remark($"row 2, the middle pair: AuthorizeEntry {middle.Entry.PerCall}; bare {middle.Bare.PerCall}");
        report.Line($"row 2: AuthorizeEntry, right PIN, against bare {PinHashes.Best.Algorithm}", middle.Entry.PerSecond, "calls/s", middle.Bare.PerSecond);
    }

    private static double Ratio((Rate Entry, Rate Bare) pair) => pair.Entry.PerSecond / pair.Bare.PerSecond;

    private static async Task EnterAsync(RawClient client, int worker) =>
        EntryCall.Expect(DecisionCode.Granted, await client.CallAsync(EntryCall.Ask(Crowd.Card(worker), Crowd.Pin, $"reader-{worker}")));

    private static Task<Rate> BareRateAsync(TimeSpan duration) => ClosedLoop.RateAsync(Environment.ProcessorCount, duration, worker =>
    {
        PinHashes.Best.Hash(Encoding.ASCII.GetBytes(Crowd.Pin), new byte[PinHashes.SaltLength]);
        return Task.CompletedTask;
    });

    // The honest reader's patrons come at random, not in step with the sprayers.
    private static async Task SprayAsync(TimeSpan duration, Report report, RawClient client)
    {
        var alone = new Sample(await OpenLoop.RunAsync(HonestRate, duration, number => EnterAsync(client, number % Workers)));
        var (answered, refused) = (0, 0);
        var spraying = OpenLoop.RunAsync(SprayRate, duration, async number =>
        {
            var answer = await client.TryCallAsync(EntryCall.Ask(Crowd.Card(1000 + number), Crowd.WrongPin, $"sprayer-{number % SprayingDevices}"));
            // Refused with RESOURCE_EXHAUSTED: the device has too many waiting. That is the defence at work.
            Interlocked.Increment(ref answer is null ? ref refused : ref answered);
        });
        var beside = new Sample(await OpenLoop.RunAsync(HonestRate, duration, number => EnterAsync(client, number % Workers)));
        var sprayed = new Sample(await spraying);
        report.Remark($"row 2: right PIN alone {alone}; beside the spray {beside}; spray {sprayed}, {answered} answered, {refused} refused as DEVICE_BUSY");
        report.Line("row 2: right PIN while 20 devices send 2 000 wrong ones/s, p99, against alone", beside.P99, "ms", alone.P99);
    }
}
