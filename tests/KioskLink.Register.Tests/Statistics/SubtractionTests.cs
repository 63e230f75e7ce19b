using KioskLink.Protos.Register.V1;
using KioskLink.Register.Statistics;
using NodaTime;
using StatisticsPeriod = KioskLink.Register.Statistics.StatisticsPeriod;

namespace KioskLink.Register.Tests.Statistics;

/// <summary>Three months of a small town, and somebody who asks for every span and subtracts whatever can be subtracted.</summary>
public sealed class SubtractionTests
{
    private const int Seed = 20261130;

    private static readonly LocalDate First = new(2026, 12, 1);
    private static readonly LocalDate Last = new(2027, 3, 1);

    [Fact]
    public async Task R53_No_subtraction_over_all_spans_tells_of_fewer_than_five()
    {
        await using var register = await TestRegister.StartAsync();
        var town = new Town(register);
        var stock = await LiveAsync(town, new Random(Seed));

        var answers = await AskAllAsync(town);
        var cells = Cells(answers);

        Assert.Contains(cells.Keys, key => key.Measure == Measures.Visitors && key.Dimension == Dimensions.Gender);
        Assert.Contains(cells.Keys, key => key.Measure == Measures.Patrons && key.Dimension == Dimensions.Age);
        Assert.All(cells.Values, number => Assert.True(number >= PatronTables.Minimum));
        CheckNested(answers);
        CheckMonths(cells);
        CheckSums(cells, town, stock);
    }

    [Fact]
    public async Task R53_Days_that_are_no_whole_weeks_or_months_tell_nothing_of_patrons_and_all_of_visits()
    {
        await using var register = await TestRegister.StartAsync();
        var town = new Town(register);
        var person = await town.AddAsync("1990-05-01");
        for (var day = 0; day < 40; day++)
        {
            await town.EnterAsync(person);
            await town.NightAsync();
        }

        for (var from = First; from < First.PlusDays(40); from = from.PlusDays(1))
        {
            for (var to = from; to < First.PlusDays(40); to = to.PlusDays(1))
            {
                var (told, refused) = await town.TryAsync(from, to);
                Assert.Equal(StatisticsPeriod.IsWhole(new DateInterval(from, to)), told is not null);
                Assert.True(told is not null || refused.Contains(StatisticsPeriod.MayBegin(from) ? "`to`" : "`from`", StringComparison.Ordinal));
                Assert.Equal(Period.DaysBetween(from, to) + 1, (await town.AskAsync(from, to, StatisticsPart.Visits)).Visits.Sum(one => one.Visits));
            }
        }
    }

    // People come and go one by one, and enter in patterns that leave cells of one to four.
    private static async Task<Dictionary<string, List<Town.Person>>> LiveAsync(Town town, Random chance)
    {
        var stock = new Dictionary<string, List<Town.Person>>();
        for (var number = 0; number < 70; number++)
        {
            await MoveInAsync(town, chance);
        }

        while (town.Today < Last.PlusDays(14))
        {
            foreach (var person in town.People.Where(_ => chance.Next(6) == 0).ToList())
            {
                await town.EnterAsync(person, chance.Next(3) == 0 ? TestRegister.Other : TestRegister.Main, chance.Next(24));
            }

            if (chance.Next(3) == 0) await MoveInAsync(town, chance);
            if (chance.Next(4) == 0) await town.RemoveAsync(town.People[chance.Next(town.People.Count)]);
            if (StatisticsPeriod.Month(town.Today).Last == town.Today) stock[StatisticsPeriod.Month(town.Today).Name] = [.. town.People];
            await town.NightAsync();
        }

        return stock;
    }

    private static Task<Town.Person> MoveInAsync(Town town, Random chance)
    {
        string[] births = ["2022-01-01", "2014-01-01", "2010-06-01", "2003-01-01", "1980-01-01", "1950-01-01"];
        string[] groups = ["adult", "adult", "adult", "child", "home-service"];
        return town.AddAsync(
            births[chance.Next(births.Length)], groups[chance.Next(groups.Length)], (Gender)Math.Min(chance.Next(10) / 3, 3), chance.Next(4) == 0 ? TestRegister.Other : TestRegister.Main);
    }

    private static async Task<List<(DateInterval Days, GetStatisticsResponse Told)>> AskAllAsync(Town town)
    {
        var answers = new List<(DateInterval, GetStatisticsResponse)>();
        for (var from = First.PlusDays(-1); from <= Last; from = from.PlusDays(1))
        {
            for (var to = from; to <= Last; to = to.PlusDays(1))
            {
                if ((await town.TryAsync(from, to)).Told is { } told) answers.Add((new DateInterval(from, to), told));
            }
        }

        Assert.True(answers.Count > 80);
        return answers;
    }

    // One number for a cell, whatever span it was asked with.
    private static Dictionary<Key, long> Cells(List<(DateInterval Days, GetStatisticsResponse Told)> answers) => answers
        .SelectMany(answer => answer.Told.Patrons)
        .GroupBy(Key.Of)
        .ToDictionary(cell => cell.Key, cell => Assert.Single(cell.Select(one => one.Patrons).Distinct()));

    private static void CheckNested(List<(DateInterval Days, GetStatisticsResponse Told)> answers)
    {
        var sums = answers.ConvertAll(answer => (answer.Days, Sums: answer.Told.Patrons
            .Where(one => one.Measure == Measures.Visitors)
            .GroupBy(one => Key.Of(one) with { Period = "" })
            .ToDictionary(cell => cell.Key, cell => cell.Sum(one => one.Patrons))));
        foreach (var (outer, all) in sums)
        {
            foreach (var (_, part) in sums.Where(inner => outer.Contains(inner.Days)))
            {
                Assert.All(all, cell => Assert.True(cell.Value - part.GetValueOrDefault(cell.Key) is 0 or >= PatronTables.Minimum));
                Assert.All(part.Keys, key => Assert.True(all.ContainsKey(key)));
            }
        }
    }

    private static void CheckMonths(Dictionary<Key, long> cells)
    {
        foreach (var months in cells.Where(cell => cell.Key.Measure == Measures.Patrons).GroupBy(cell => cell.Key with { Period = "" }))
        {
            Assert.All(months, one => Assert.All(months, other => Assert.True(Math.Abs(one.Value - other.Value) is 0 or >= PatronTables.Minimum)));
        }
    }

    // What a branch's sum leaves over beside the cells that are told: nothing, or five people and more in two cells and more.
    private static void CheckSums(Dictionary<Key, long> cells, Town town, Dictionary<string, List<Town.Person>> stock)
    {
        foreach (var total in cells.Where(cell => cell.Key.Dimension == Dimensions.All))
        {
            var people = total.Key.Measure == Measures.Patrons
                ? stock[total.Key.Period].Where(person => person.Home == total.Key.Branch).ToList()
                : Visitors(town, total.Key);
            var day = StatisticsPeriodOf(total.Key.Period, town).Last;
            foreach (var dimension in new[] { Dimensions.Age, Dimensions.Group, Dimensions.Gender })
            {
                var truth = people.GroupBy(person => ValueOf(person, dimension, day)).ToDictionary(group => group.Key, group => group.Count());
                var told = cells.Where(cell => cell.Key with { Value = "" } == total.Key with { Dimension = dimension }).ToList();
                Assert.All(told, cell => Assert.True(truth[cell.Key.Value] >= PatronTables.Minimum));
                var hidden = truth.Where(group => told.TrueForAll(cell => cell.Key.Value != group.Key)).ToList();
                Assert.True(hidden.Count == 0 || (hidden.Count >= 2 && hidden.Sum(group => group.Value) >= PatronTables.Minimum));
                if (total.Key.Measure == Measures.Visitors) Assert.All(told, cell => Assert.Equal(truth[cell.Key.Value], cell.Value));
            }
        }
    }

    // Who left is forgotten with its entries before the week is counted.
    private static List<Town.Person> Visitors(Town town, Key key)
    {
        var week = StatisticsPeriodOf(key.Period, town);
        return [.. town.Entries
            .Where(entry => entry.Branch == key.Branch && entry.Day >= week.First && entry.Day <= week.Last && !town.GoneBy(entry.Who, week.First.PlusDays(VisitorWeeks.DaysMax)))
            .Select(entry => entry.Who)
            .Distinct()];
    }

    private static StatisticsPeriod StatisticsPeriodOf(string name, Town town) => town.Entries
        .SelectMany(entry => new[] { StatisticsPeriod.Week(entry.Day), StatisticsPeriod.Month(entry.Day) })
        .First(period => period.Name == name);

    private static string ValueOf(Town.Person person, string dimension, LocalDate day) => dimension switch
    {
        Dimensions.Age => AgeBands.Of(person.Born, day),
        Dimensions.Group => person.Group,
        _ => person.Gender.ToString(),
    };

    private sealed record Key(string Measure, string Period, string Branch, string Dimension, string Value)
    {
        public static Key Of(PatronCount one) => new(one.Measure, one.Period, one.BranchId, one.Dimension, one.Dimension switch
        {
            Dimensions.Age => one.AgeBand,
            Dimensions.Group => one.Group,
            Dimensions.Gender => one.Gender.ToString(),
            _ => "",
        });
    }
}
