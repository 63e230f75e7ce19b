using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Samples;
using KioskLink.Register.Store;
using KioskLink.Register.Tests.Statistics;

namespace KioskLink.Register.Tests.Samples;

public sealed class SampleTests
{
    private const int Patrons = 1_100;
    private const int AuditRows = 300;

    [Fact]
    public async Task A_sample_opens_the_door_with_the_samples_pin()
    {
        await using var register = await TestRegister.StartAsync();
        await new SampleGenerator(register.Core).RunAsync(Patrons, 0, _ => { });

        var decision = await register.EnterAsync(SamplePeople.Card(Patrons - 1, register.Profile)!, SampleGenerator.Pin);

        Assert.Equal(DecisionCode.Granted, decision.Code);
    }

    [Fact]
    public async Task The_same_samples_again_change_nothing_and_audit_rows_are_added_to_the_chain()
    {
        await using var register = await TestRegister.StartAsync();
        var generator = new SampleGenerator(register.Core);
        await generator.RunAsync(Patrons, AuditRows, _ => { });
        var head = register.Core.Log.Head;

        await generator.RunAsync(Patrons, AuditRows, _ => { });

        Assert.Equal(head, register.Core.Log.Head);
        var verdict = new AuditVerifier(register.Core).Verify(CancellationToken.None);
        Assert.True(verdict.IsWhole);
        Assert.True(verdict.Rows >= 2 * AuditRows, $"{verdict.Rows} rows");
    }

    [Fact]
    public async Task R53_Samples_leave_visits_visitors_and_patrons_for_the_page_of_statistics()
    {
        await using var register = await TestRegister.StartAsync();
        var generator = new SampleGenerator(register.Core);
        await generator.RunAsync(Patrons, 0, _ => { });
        var town = new Town(register);
        var told = await town.AskAsync("2026-11-01", "2026-11-30");

        Assert.All(Enumerable.Range(1, 30), day => Assert.InRange(told.Visits.Where(one => one.Date == $"2026-11-{day:00}").Sum(one => one.Visits), 20, 200));
        Assert.Equal([TestRegister.Main, TestRegister.Other], told.Visits.Select(one => one.BranchId).Distinct());
        Assert.Contains(told.Patrons, cell => cell is { Measure: "visitors", Period: "2026-W45", Dimension: "gender", Gender: Gender.Female });
        Assert.Contains(told.Patrons, cell => cell is { Measure: "patrons", Period: "2026-11", Dimension: "age", AgeBand: "30-64" });

        // A register that lives on counts the newest weeks itself, and the same samples again add nothing.
        await generator.RunAsync(Patrons, 0, _ => { });
        await town.UntilAsync(new NodaTime.LocalDate(2026, 12, 20));
        var later = await town.AskAsync("2026-11-01", "2026-11-30");
        Assert.Equal(told.Visits, later.Visits);
        Assert.Equal(["2026-W45", "2026-W46", "2026-W47", "2026-W48"], later.Periods.Where(one => one.Measure == "visitors").Select(one => one.Period));
    }

    [Fact]
    public async Task Progress_is_told_to_the_last_row()
    {
        await using var register = await TestRegister.StartAsync();
        var told = new List<SampleProgress>();

        await new SampleGenerator(register.Core).RunAsync(Patrons, AuditRows, told.Add);

        Assert.Equal(new SampleProgress(Patrons + AuditRows, Patrons + AuditRows), told[^1]);
    }

    [Fact]
    public async Task No_sample_is_made_beside_people()
    {
        await using var register = await TestRegister.StartAsync();
        await register.PatronAsync("1001", 1);

        var problem = await Assert.ThrowsAsync<StoreProblem>(() => new SampleGenerator(register.Core).RunAsync(1, 0, _ => { }));

        Assert.Contains("in a data folder of their own", problem.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_sample_has_an_artificial_identity_code_of_its_own()
    {
        var profile = Register.Profiles.ProfileReader.Load("lastu");
        var codes = Enumerable.Range(0, 60_000).Select(number => SamplePeople.Patron(number, profile, "").IdentityCode!).ToList();

        Assert.All(codes, code => Assert.True(code.IsArtificial));
        Assert.Distinct(codes.Select(code => code.Value));
    }
}
