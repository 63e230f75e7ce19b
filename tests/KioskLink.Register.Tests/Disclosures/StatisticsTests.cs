using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Statistics;
using NodaTime;

namespace KioskLink.Register.Tests.Disclosures;

/// <summary>Statistics tell how many and never who.</summary>
public sealed class StatisticsTests
{
    [Fact]
    public async Task R53_A_cell_of_four_patrons_is_suppressed_and_one_of_five_is_told()
    {
        await using var register = await TestRegister.StartAsync();
        var town = new Town(register);
        for (var n = 0; n < 9; n++)
        {
            await town.AddAsync(n < 4 ? "1990-05-01" : "2000-05-01", home: n < 4 ? TestRegister.Main : TestRegister.Other);
        }

        await town.UntilAsync(new LocalDate(2027, 1, 1));

        var told = await town.AskAsync("2026-12-01", "2026-12-31");
        Assert.Equal(
            [(TestRegister.Other, "age", "18-29", 5L), (TestRegister.Other, "all", "", 5L), (TestRegister.Other, "gender", "", 5L), (TestRegister.Other, "group", "adult", 5L)],
            told.Patrons.Select(cell => (cell.BranchId, cell.Dimension, cell.AgeBand + cell.Group, cell.Patrons)));
        Assert.Equal((4, 5), (told.SuppressedCells, told.Minimum));
        Assert.Equal(("patrons", "2026-12", "2026-12-01", "2026-12-31", 4), Shown(Assert.Single(told.Periods)));
    }

    [Fact]
    public async Task R53_Plain_visits_of_a_branch_and_hour_are_told_however_few()
    {
        await using var register = await TestRegister.StartAsync();
        var card = await register.PatronAsync("10001", 1);
        await EnterAsync(register, card);
        await EnterAsync(register, card);
        await EnterAsync(register, card, "0001");
        register.Time.Advance(TimeSpan.FromHours(1));
        await EnterAsync(register, card);

        var told = await new Town(register).AskAsync("2026-12-01", "2026-12-01", StatisticsPart.Visits);

        Assert.Equal(
            [(TestRegister.Main, "2026-12-01", 12, 2), (TestRegister.Main, "2026-12-01", 13, 1)],
            told.Visits.Select(visit => (visit.BranchId, visit.Date, visit.Hour, (int)visit.Visits)));
        Assert.Empty((await new Town(register).AskAsync("2026-11-30", "2026-11-30", StatisticsPart.Visits)).Visits);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task R53_Visitors_of_a_week_are_counted_once_each_at_every_branch_where_they_were_while_the_door_log_knows_them(bool counted)
    {
        await using var register = await TestRegister.StartAsync();
        var town = new Town(register);
        for (var n = 0; n < 6; n++)
        {
            await town.AddAsync("1990-05-01");
        }

        // Each comes on three days of the week, five of them to the other branch too, and then nobody for a while.
        for (var day = 0; day < 3; day++)
        {
            foreach (var person in town.People)
            {
                await town.EnterAsync(person);
                await town.EnterAsync(person, person.Number == 6 ? TestRegister.Main : TestRegister.Other, hour: 13);
            }

            await town.NightAsync(counted);
        }

        await town.UntilAsync(new LocalDate(2027, 1, 20), counted);

        var told = await town.AskAsync("2026-11-30", "2026-12-06");
        Assert.Equal(
            [(TestRegister.Main, 6L), (TestRegister.Other, 5L)],
            told.Patrons.Where(cell => cell is { Measure: "visitors", Dimension: "age", AgeBand: "30-64" }).Select(cell => (cell.BranchId, cell.Patrons)));
        Assert.Equal(36, told.Visits.Sum(one => one.Visits));
        await using var db = register.Core.Store.Read();
        Assert.Equal(0, Sql.Number(db, "SELECT count(*) FROM attempts"));
        Assert.Equal(0, Sql.Number(db, "SELECT count(*) FROM patron_counts WHERE patrons < 5"));
    }

    [Fact]
    public async Task R63_A_door_log_that_holds_no_whole_week_has_no_visitors_to_tell_of()
    {
        await using var register = await TestRegister.StartAsync(profile => profile with
        {
            Retention = [.. profile.Retention.Select(entry => entry.Rule == "door-log" ? entry with { Keep = "5 days" } : entry)],
        });
        var town = new Town(register);
        for (var n = 0; n < 6; n++)
        {
            await town.EnterAsync(await town.AddAsync("1990-05-01"));
        }

        await town.UntilAsync(new LocalDate(2026, 12, 20));

        var told = await town.AskAsync("2026-11-30", "2026-12-06");
        Assert.Empty(told.Periods);
        Assert.Equal(6, told.Visits.Sum(one => one.Visits));
    }

    [Theory]
    [InlineData(nameof(GenderUse.StatisticsOnly), true)]
    [InlineData(nameof(GenderUse.Stored), true)]
    [InlineData(nameof(GenderUse.None), false)]
    public async Task R11_Statistics_tell_of_gender_where_the_profile_lets_it_be_recorded_and_never_of_fewer_than_five(string mode, bool told)
    {
        await using var register = await TestRegister.StartAsync(profile => profile with { PatronFields = profile.PatronFields with { Gender = Enum.Parse<GenderUse>(mode) } });
        var town = new Town(register);
        for (var n = 0; n < 14; n++)
        {
            await town.AddAsync("1990-05-01", gender: n < 7 ? Gender.Female : n < 12 ? Gender.Male : Gender.Other);
        }

        foreach (var person in town.People)
        {
            await town.EnterAsync(person);
        }

        await town.UntilAsync(new LocalDate(2027, 1, 1));

        // Two of another gender are left out, and with them the smallest cell beside, or the sum would tell of them.
        var visitors = (await town.AskAsync("2026-11-30", "2026-12-06")).Patrons.Where(cell => cell.Dimension == "gender");
        var patrons = (await town.AskAsync("2026-12-01", "2026-12-31")).Patrons.Where(cell => cell is { Measure: "patrons", Dimension: "gender" });
        Assert.Equal(told ? [(Gender.Female, 7L)] : [], visitors.Select(cell => (cell.Gender, cell.Patrons)));
        Assert.Equal(told ? [(Gender.Female, 5L)] : [], patrons.Select(cell => (cell.Gender, cell.Patrons)));
    }

    [Fact]
    public async Task R76_Whose_processing_is_restricted_is_in_no_statistics_of_patrons()
    {
        await using var register = await TestRegister.StartAsync();
        var town = new Town(register);
        for (var n = 0; n < 5; n++)
        {
            await town.AddAsync("1990-05-01");
        }

        await register.RestrictAsync("p5");
        await town.UntilAsync(new LocalDate(2027, 1, 1));

        Assert.Empty((await town.AskAsync("2026-12-01", "2026-12-31")).Patrons);
    }

    [Fact]
    public void R53_No_field_of_statistics_could_name_anybody()
    {
        var names = new[] { VisitCount.Descriptor, PatronCount.Descriptor }.SelectMany(message => message.Fields.InDeclarationOrder()).Select(field => field.Name);

        Assert.Equal(
            ["branch_id", "date", "hour", "visits", "measure", "branch_id", "group", "age_band", "patrons", "gender", "period", "dimension"], names);
    }

    [Fact]
    public async Task R55_Statistics_that_are_handed_out_are_a_disclosure_about_nobody()
    {
        await using var register = await TestRegister.StartAsync();
        var town = new Town(register);
        await town.EnterAsync(await town.AddAsync("1990-05-01"));
        var service = register.Service<Register.Disclosures.DisclosureService>();
        var request = new DiscloseStatisticsRequest { From = "2026-12-01", To = "2026-12-03", Part = StatisticsPart.Visits, Recipient = "City of Lahti", Reason = "opening hours are reviewed" };

        var made = await service.DiscloseStatistics(request, TestCall.Admin("liisa"));
        await town.AskAsync("2026-12-01", "2026-12-03", StatisticsPart.Visits);

        var listed = Assert.Single((await service.ListDisclosures(new ListDisclosuresRequest { Kind = DisclosureKind.Statistics }, TestCall.Admin())).Disclosures);
        Assert.Equal(made.Disclosure, listed);
        Assert.Equal(("City of Lahti", "opening hours are reviewed", "2026-12-01/2026-12-03", "liisa"), (listed.Recipient, listed.Basis, listed.Period, listed.CreatedBy));
        Assert.Equal((1, 0, ""), (listed.RecordCount, listed.SubjectCount, listed.Confidentiality));
        Assert.Equal(["visits"], listed.Fields);
        Assert.Equal("statistics,period,hour,branch,dimension,value,number\r\nvisits,2026-12-01,12,FI-Main,all,,1\r\n", made.File.ToStringUtf8());
        Assert.Equal(made.File.ToByteArray(), await File.ReadAllBytesAsync(Path.Combine(register.Folder, "disclosures", listed.FileName)));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`recipient`", () => service.DiscloseStatistics(new DiscloseStatisticsRequest(request) { Recipient = "" }, TestCall.Admin()));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`from`", () => service.DiscloseStatistics(new DiscloseStatisticsRequest(request) { From = "2026-12-02", Part = StatisticsPart.Patrons }, TestCall.Admin()));
        Assert.Single((await service.ListDisclosures(new ListDisclosuresRequest(), TestCall.Admin())).Disclosures);
    }

    [Fact]
    public async Task Days_in_the_wrong_order_or_too_many_are_refused()
    {
        await using var register = await TestRegister.StartAsync();
        var town = new Town(register);

        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`from`", () => town.AskAsync("", "2026-12-01"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`to`", () => town.AskAsync("2026-12-01", "soon"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`to`", () => town.AskAsync("2026-12-02", "2026-12-01"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`to`", () => town.AskAsync("2025-01-01", "2026-12-01"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`to`", () => town.AskAsync("2026-12-01", "2026-12-30"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`from`", () => town.AskAsync("2026-12-02", "2026-12-31"));
        await Refusals.RefusedAsync(StatusCode.InvalidArgument, "`part`", () => town.AskAsync("2026-12-01", "2026-12-31", (StatisticsPart)7));
    }

    private static (string, string, string, string, int) Shown(StatisticsPeriod period) => (period.Measure, period.Period, period.From, period.To, period.SuppressedCells);

    private static async Task EnterAsync(TestRegister register, string card, string pin = TestRegister.Pin)
    {
        var attempt = Guid.NewGuid().ToString("N");
        await register.EnterAsync(card, pin, attempt);
        await register.NotedAsync(attempt);
    }
}
