using System.Diagnostics;
using System.Globalization;
using KioskLink.Simulation.World;
using KioskLink.Testing;

namespace KioskLink.Simulation.Life;

/// <summary>Days of branch life out of seeds. `KIOSKLINK_SEED=17` lives one of them; `KIOSKLINK_LONG=1` lives ten times as many.</summary>
public sealed class LifeTests(RunReport report) : IClassFixture<RunReport>
{
    private const int Seeds = 2_000;
    private const int LongSeeds = 20_000;
    private const int SeedsForABug = 400;

    [Fact]
    public void Branch_life_keeps_every_promise()
    {
        var (first, count) = Wanted();
        var sum = new LifeSum();
        var watch = Stopwatch.StartNew();

        var broken = LifeRuns.Run(first, count, PlantedBug.None, sum);

        report.Print($"{sum}\nlived in {watch.Elapsed.TotalSeconds:0} s");
        Assert.True(broken is null, broken);
    }

    [Theory]
    [MemberData(nameof(Bugs))]
    public void A_planted_bug_is_found(PlantedBug bug)
    {
        var found = LifeRuns.Run(0, SeedsForABug, bug, new LifeSum());

        report.Print($"{bug}: {found}");
        Assert.NotNull(found);
        Assert.DoesNotContain("Exception", found, StringComparison.Ordinal);
    }

    public static TheoryData<PlantedBug> Bugs() => [.. Enum.GetValues<PlantedBug>().Where(bug => bug != PlantedBug.None)];

    private static (int First, int Count) Wanted() =>
        Environment.GetEnvironmentVariable("KIOSKLINK_SEED") is { Length: > 0 } seed ? (int.Parse(seed, CultureInfo.InvariantCulture), 1)
        : (0, LongRun.IsAsked ? LongSeeds : Seeds);
}
