using KioskLink.Node.Tests.Rig;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Subjects;

public sealed class CardTracesTests : IDisposable
{
    private const string Other = "0000";
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();

    [Fact]
    public async Task R75_What_a_node_recorded_of_an_erased_card_is_gone_from_journal_and_guesses_and_its_chain_is_whole()
    {
        using var rig = new NodeRig(_folder, _authority).Holding(Samples.Branch(), Samples.Adult());
        await rig.Present(Samples.KnownCard);
        await rig.Present(Samples.KnownCard, Other);
        await rig.Present(Samples.Card(77), Other);
        var (token, other) = (Samples.TokenOf(Samples.KnownCard), Samples.TokenOf(Samples.Card(77)));
        var before = rig.Parts.Traces.Of(token);
        Assert.Equal((true, 2, true), (before.Held, before.JournalRecords, before.Guesses));
        Assert.True(before.FirstTime.ToDateTime() <= before.LastTime.ToDateTime());

        Assert.True(await rig.Parts.Traces.ForgetAsync(token));

        var (after, others) = (rig.Parts.Traces.Of(token), rig.Parts.Traces.Of(other));
        Assert.Equal((0, false), (after.JournalRecords, after.Guesses));
        Assert.Equal(1, others.JournalRecords);
        Assert.True(rig.Parts.Journal.Verify().IsWhole);
        Assert.Equal(3, rig.Journal().Count(open => open.AttemptId.Length > 0));
    }

    [Fact]
    public async Task R75_A_loan_that_waits_for_the_register_is_told_of_and_forgets_an_erased_card_too()
    {
        using var rig = new NodeRig(_folder, _authority).Holding(Samples.Branch(), Samples.Adult());
        var token = Samples.TokenOf(Samples.KnownCard);
        await rig.Parts.ActBook.KeepAsync(Outage.SampleActs.Of(Node.Outage.ActKind.CheckOut, "301", token: token), limit: 1);
        Assert.Equal(1, rig.Parts.Traces.Of(token).Acts);

        Assert.True(await rig.Parts.Traces.ForgetAsync(token));

        Assert.Equal(0, rig.Parts.Traces.Of(token).Acts);
        Assert.Equal(0, rig.Parts.ActBook.Waiting);
    }

    [Fact]
    public async Task R75_No_file_of_the_journal_holds_the_token_of_an_erased_card()
    {
        var token = Samples.TokenOf(Samples.KnownCard);
        using (var rig = new NodeRig(_folder, _authority).Holding(Samples.Branch(), Samples.Adult()))
        {
            await rig.Present(Samples.KnownCard, Other);
            Assert.True(Holds(token));
            await rig.Parts.Traces.ForgetAsync(token);
        }

        Assert.False(Holds(token));
    }

    [Fact]
    public async Task R75_A_journal_that_was_set_aside_forgets_an_erased_card_too()
    {
        var token = Samples.TokenOf(Samples.KnownCard);
        using (var rig = new NodeRig(_folder, _authority).Holding(Samples.Branch(), Samples.Adult()))
        {
            await rig.Present(Samples.KnownCard, Other);
            await rig.Parts.Journal.StartAnewAsync("a fork");
            Assert.Equal(0, rig.Parts.Traces.Of(token).JournalRecords);
            Assert.True(Holds(token));
            Assert.True(await rig.Parts.Traces.ForgetAsync(token));
        }

        Assert.False(Holds(token));
    }

    public void Dispose()
    {
        _folder.Dispose();
    }

    private bool Holds(byte[] token) => Directory.EnumerateFiles(_folder.Path, "*", SearchOption.AllDirectories)
        .Where(file => Path.GetFileName(file).StartsWith("journal", StringComparison.Ordinal))
        .Any(file => File.ReadAllBytes(file).AsSpan().IndexOf(token) >= 0);
}
