using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Events;
using KioskLink.Register.Facts;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Events;

/// <summary>Records that a node wrote while nobody vouched for its clock: dated by another record of the same boot (DESIGN 8).</summary>
public sealed class DatingTests
{
    private const string Boot = "boot-2";
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [Fact]
    public async Task A_later_record_of_the_same_boot_dates_a_decision_and_has_it_judged()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var (journal, now) = (new TestJournal(node), Library.Now);
        journal.UndatedDecision("a1", Library.Card(1), Boot, TimeSpan.Zero);
        journal.Dated(Boot, Minute, now + Minute);

        await DeliverAsync(node, journal);

        var attempt = Assert.Single(Attempts(register));
        Assert.Equal(now.ToUnixTimeMilliseconds(), attempt.PresentedAt);
        Assert.Equal((int)DecisionCode.Granted, attempt.JudgedCode);
        Assert.Matches(@"^kept out \d\d:\d\d \(CLOCK_UNTRUSTED\), the register would have let in$", attempt.Difference);
    }

    [Fact]
    public async Task A_record_that_comes_with_a_later_delivery_dates_what_was_taken_before()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var (journal, now) = (new TestJournal(node), Library.Now);
        journal.UndatedDecision("a1", Library.Card(1), Boot, TimeSpan.Zero);
        for (var record = 0; record < LateDating.PageSize; record++)
            journal.UndatedDecision($"b{record}", Library.Card(1), Boot, TimeSpan.FromSeconds(1));
        await DeliverAsync(node, journal);
        Assert.All(Attempts(register), attempt => Assert.Null(attempt.PresentedAt));

        journal.Dated(Boot, Minute, now + Minute);
        await DeliverAsync(node, journal, from: journal.Records.Count);

        var attempts = Attempts(register);
        Assert.Equal(now.ToUnixTimeMilliseconds(), attempts[0].PresentedAt);
        Assert.Equal((int)DecisionCode.Granted, attempts[0].JudgedCode);
        Assert.All(attempts.Skip(1), attempt => Assert.Equal(now.AddSeconds(1).ToUnixTimeMilliseconds(), attempt.PresentedAt));
    }

    [Fact]
    public async Task An_earlier_record_of_the_same_boot_dates_one_that_comes_with_a_later_delivery()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var (journal, now) = (new TestJournal(node), Library.Now);
        journal.Dated(Boot, TimeSpan.Zero, now);
        await DeliverAsync(node, journal);

        journal.UndatedDecision("a1", Library.Card(1), Boot, Minute);
        await DeliverAsync(node, journal, from: 2);

        Assert.Equal((now + Minute).ToUnixTimeMilliseconds(), Assert.Single(Attempts(register)).PresentedAt);
    }

    [Fact]
    public async Task Another_boot_dates_nothing()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.UndatedDecision("a1", Library.Card(1), "boot-1", TimeSpan.Zero);
        journal.Dated(Boot, Minute, Library.Now);

        await DeliverAsync(node, journal);

        var attempt = Assert.Single(Attempts(register));
        Assert.Equal((null, 0, ""), (attempt.PresentedAt, attempt.JudgedCode, attempt.Difference));
    }

    [Fact]
    public async Task A_wrong_pin_that_cannot_be_dated_counts_from_when_it_was_told()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, card) = await BranchWithACardAsync(register);
        var (journal, before) = (new TestJournal(node), Library.Now);
        journal.UndatedDecision("a1", Library.Card(1), Boot, TimeSpan.Zero, PinResult.Wrong);

        await DeliverAsync(node, journal);

        var counted = Assert.Single(register.Core.Index.Card(card.CardId)!.Facts.Guesses.WrongTimes);
        Assert.InRange(counted.ToDateTimeOffset(), before.AddSeconds(-1), Library.Now.AddSeconds(1));
    }

    private static async Task<(TestNode Node, CardEntry Card)> BranchWithACardAsync(RunningRegister register)
    {
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1, visited: Library.Now);
        return (await register.EnrolAsync(Library.Branch), card);
    }

    private static async Task DeliverAsync(TestNode node, TestJournal journal, int from = 1)
    {
        using var call = await node.PublishAsync(journal);
        await call.HeldAsync();
        foreach (var record in journal.Records.Skip(from - 1)) await call.SendAsync(record);
        await call.AcknowledgedAsync(journal.Records.Count);
    }

    private static List<AttemptRow> Attempts(RunningRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<AttemptRow>().OrderBy(row => row.RowNumber)];
    }
}
