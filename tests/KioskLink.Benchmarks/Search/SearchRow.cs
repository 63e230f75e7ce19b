using System.Diagnostics;
using System.Globalization;
using Grpc.Net.Client;
using KioskLink.Benchmarks.Reporting;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using KioskLink.Register.Samples;

namespace KioskLink.Benchmarks.Search;

/// <summary>A page of <c>SearchPatrons</c> over the wire by each key, beside <c>GetPatron</c> by number.</summary>
internal static class SearchRow
{
    private const int Warming = 20;

    // Whole names, beginnings, two words in both orders, a second first name, two letters that fit thousands.
    private static readonly string[] Names =
        ["mäkinen", "MAK", "öhman saga", "saga öhman", "anna-liisa", "väi väi", "ko", "aa sö", "järvinen jenna", "ylva"];

    /// <summary>Measures and prints.</summary>
    /// <param name="duration">How long all keys together are asked for.</param>
    /// <param name="register">The register.</param>
    /// <param name="profile">Its profile.</param>
    /// <param name="patrons">How many samples it holds.</param>
    /// <param name="report">Where to.</param>
    public static async Task MeasureAsync(TimeSpan duration, GrpcChannel register, ConsortiumProfile profile, int patrons, Report report)
    {
        var (client, part) = (new PatronService.PatronServiceClient(register), duration / 5);
        var bare = await MeasureAsync(part, n => client.GetPatronAsync(new GetPatronRequest { CustomerId = Id(n, patrons) }).ResponseAsync);
        foreach (var (key, ask) in Keys(profile, patrons))
        {
            var found = 0L;
            var sample = await MeasureAsync(part, async n => found += (await client.SearchPatronsAsync(ask(n))).Patrons.Count);
            report.Remark($"search by {key}: {sample}; {found} patrons on all pages");
            report.Line($"search: a page by {key} among {patrons} patrons, median", sample.Median, "ms", bare.Median);
        }
    }

    /// <summary>The number of a sample, another for each call and the same for the same.</summary>
    public static string Id(int n, int patrons) => string.Create(CultureInfo.InvariantCulture, $"{SamplePeople.Prefix}{Number(n, patrons):0000000}");

    private static (string Key, Func<int, SearchPatronsRequest> Ask)[] Keys(ConsortiumProfile profile, int patrons) =>
    [
        ("name", n => new SearchPatronsRequest { NamePrefix = Names[n % Names.Length] }),
        ("card", n => new SearchPatronsRequest { CardNumber = SamplePeople.Card(Number(n, patrons), profile)! }),
        ("customer id", n => new SearchPatronsRequest { CustomerIdPrefix = Id(n, patrons)[..^(n % 3)] }),
        ("birthday", n => new SearchPatronsRequest { DateOfBirth = new DateOnly(1935, 1, 1).AddDays(Number(n, patrons) % 20_000).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) }),
    ];

    private static int Number(int n, int patrons) => (int)(n * 7_919L % patrons);

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
