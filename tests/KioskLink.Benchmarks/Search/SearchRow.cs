using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Demo.Setup;
using KioskLink.Demo.World;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Hosting;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;
using KioskLink.Register.Samples;
using KioskLink.Register.Store;
using KioskLink.Testing;

namespace KioskLink.Benchmarks.Search;

/// <summary>Row search: a page of <c>SearchPatrons</c> over the wire among 200 000 patrons, by each key, beside <c>GetPatron</c> by number.</summary>
internal static class SearchRow
{
    private const int Patrons = 200_000;
    private const int Warming = 20;

    // Whole names, beginnings, two words in both orders, a second first name, two letters that fit thousands.
    private static readonly string[] Names =
        ["mäkinen", "MAK", "öhman saga", "saga öhman", "anna-liisa", "väi väi", "ko", "aa sö", "järvinen jenna", "ylva"];

    /// <summary>Measures and prints.</summary>
    public static async Task RunAsync(TimeSpan duration, Report report)
    {
        using var folder = new TempFolder();
        var data = folder["register"];
        var config = new RegisterConfig(new Uri("https://127.0.0.1:0"), Console: null, data, DemoBranch.Profile, Path.Combine(data, "master.key"));
        RegisterInit.Write(config, DemoBranch.Profile, RegisterSetup.Administrator, TimeProvider.System);
        await using var host = await RegisterHost.StartAsync(config, TimeProvider.System);
        var core = host.Services.GetRequiredService<RegisterCore>();
        await new SampleGenerator(core).RunAsync(Patrons, 0, _ => { });
        using GrpcChannel channel = Channels.ToRegister(new Uri(host.Addresses.Grpc), config.Data);
        await new RegisterSetup(channel, System.Console.Error, TimeProvider.System).UndertakeAsync();
        var patrons = new PatronService.PatronServiceClient(channel);

        var part = duration / 5;
        var bare = await MeasureAsync(part, n => patrons.GetPatronAsync(new GetPatronRequest { CustomerId = Id(n) }).ResponseAsync);
        foreach (var (key, ask) in Keys(core.Profile))
        {
            var found = 0L;
            var sample = await MeasureAsync(part, async n => found += (await patrons.SearchPatronsAsync(ask(n))).Patrons.Count);
            report.Remark($"search by {key}: {sample}; {found} patrons on all pages");
            report.Line($"search: a page by {key} among {Patrons} patrons, median", sample.Median, "ms", bare.Median);
        }

        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
    }

    private static (string Key, Func<int, SearchPatronsRequest> Ask)[] Keys(ConsortiumProfile profile) =>
    [
        ("name", n => new SearchPatronsRequest { NamePrefix = Names[n % Names.Length] }),
        ("card", n => new SearchPatronsRequest { CardNumber = SamplePeople.Card(Number(n), profile)! }),
        ("customer id", n => new SearchPatronsRequest { CustomerIdPrefix = Id(n)[..^(n % 3)] }),
        ("birthday", n => new SearchPatronsRequest { DateOfBirth = new DateOnly(1935, 1, 1).AddDays(Number(n) % 20_000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }),
    ];

    private static int Number(int n) => (int)(n * 7_919L % Patrons);

    private static string Id(int n) => string.Create(CultureInfo.InvariantCulture, $"{SamplePeople.Prefix}{Number(n):0000000}");

    private static async Task<Sample> MeasureAsync(TimeSpan span, Func<int, Task> call)
    {
        for (var n = 0; n < Warming; n++)
            await call(n);
        var times = new List<TimeSpan>();
        for (var (n, begin) = (0, Stopwatch.GetTimestamp()); Stopwatch.GetElapsedTime(begin) < span; n++)
        {
            var start = Stopwatch.GetTimestamp();
            await call(n);
            times.Add(Stopwatch.GetElapsedTime(start));
        }

        return new Sample(times);
    }
}
