using System.Diagnostics;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Benchmarks.Search;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;

namespace KioskLink.Benchmarks.Size;

/// <summary>
/// Row size: a register program with 200 000 patrons and two million audit rows. A page of a search by each key, a retention dry run
/// over every rule, a page of the audit log, and the memory after all of it; the baseline of memory is the same program with nobody.
/// </summary>
internal static class SizeRow
{
    private const int Patrons = 200_000;
    private const int AuditRows = 2_000_000;

    // The chain of two million rows is read whole.
    private static readonly TimeSpan LongCall = TimeSpan.FromMinutes(10);

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        double empty;
        await using (var nobody = await SizedRegister.OpenAsync(0, 0))
        {
            await DryRunAsync(nobody);
            empty = nobody.PeakMegabytes();
        }

        var making = Stopwatch.GetTimestamp();
        await using var register = await SizedRegister.OpenAsync(Patrons, AuditRows);
        report.Remark($"samples made and register started in {Stopwatch.GetElapsedTime(making).TotalSeconds:0} s; at rest {register.PeakMegabytes():0} MB");
        await SearchRow.MeasureAsync(duration, register.Channel, ProfileReader.Load(DemoBranch.Profile), Patrons, report);
        await PagesAsync(register, report);
        var (first, rules) = await DryRunAsync(register);
        report.Remark($"dry run of {rules} rules: {first.TotalSeconds:0.0} s; most memory so far {register.PeakMegabytes():0} MB");
        report.Line($"retention dry run over {Patrons} patrons, all rules", first.TotalSeconds, "s", 60);
        report.Line($"register with {Patrons} patrons and {AuditRows} audit rows, most memory", register.PeakMegabytes(), "MB", empty);
        var verified = Stopwatch.GetTimestamp();
        var verdict = await new AuditService.AuditServiceClient(register.Channel).VerifyAsync(new VerifyRequest(), deadline: TimeProvider.System.GetUtcNow().UtcDateTime + LongCall);
        report.Remark($"chain of {verdict.Rows} rows, whole {verdict.Whole}: verified in {Stopwatch.GetElapsedTime(verified).TotalSeconds:0.0} s; most memory {register.PeakMegabytes():0} MB");
    }

    private static async Task PagesAsync(SizedRegister register, Report report)
    {
        var audit = new AuditService.AuditServiceClient(register.Channel);
        var times = new List<TimeSpan>();
        for (var n = 0; n < 100; n++)
        {
            var start = Stopwatch.GetTimestamp();
            await audit.ListEventsAsync(n % 2 == 0 ? new ListEventsRequest() : new ListEventsRequest { CustomerId = SearchRow.Id(n, Patrons) });
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        report.Remark($"a page of the audit log among {AuditRows} rows, whole or of a patron: {new Sample(times)}");
    }

    private static async Task<(TimeSpan Time, int Rules)> DryRunAsync(SizedRegister register)
    {
        var retention = new RetentionService.RetentionServiceClient(register.Channel);
        var rules = (await retention.ListRulesAsync(new ListRulesRequest())).Rules;
        var start = Stopwatch.GetTimestamp();
        foreach (var rule in rules)
            await retention.DryRunAsync(new DryRunRequest { Rule = rule.Name }, deadline: TimeProvider.System.GetUtcNow().UtcDateTime + LongCall);
        return (Stopwatch.GetElapsedTime(start), rules.Count);
    }
}
