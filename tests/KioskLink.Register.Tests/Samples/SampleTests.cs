using KioskLink.Protos.Types.V1;
using KioskLink.Register.Audit;
using KioskLink.Register.Samples;
using KioskLink.Register.Store;

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
