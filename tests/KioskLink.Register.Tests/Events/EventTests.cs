using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Events;
using KioskLink.Register.Facts;
using KioskLink.Register.Identity;
using KioskLink.Register.Tests.Running;

namespace KioskLink.Register.Tests.Events;

public sealed class EventTests
{
    [Fact]
    public async Task A_decision_and_its_outcome_become_one_attempt()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, card) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.Granted, PinResult.Right, Library.Now);
        journal.Outcome("a1", Outcome.Unlocked);
        await DeliverAsync(node, journal);

        var attempt = Assert.Single(Attempts(register));
        Assert.Equal(
            ((int)DecisionCode.Granted, (int)Source.Replica, (int)Outcome.Unlocked, $"card-{card.CardId}"),
            (attempt.Code, attempt.Source, attempt.Outcome, attempt.CardRef));
        Assert.Equal(((int)DecisionCode.Granted, "", 1), (attempt.JudgedCode, attempt.Difference, attempt.JournalSequence));
    }

    [Fact]
    public async Task Delivery_goes_on_after_a_cut_and_counts_each_record_once()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        for (var i = 1; i <= 6; i++) journal.Decision($"a{i}", Library.Card(1), DecisionCode.PinMissing, PinResult.Missing, Library.Now);
        using (var first = await node.PublishAsync(journal))
        {
            await first.HeldAsync();
            foreach (var record in journal.Records.Take(4)) await first.SendAsync(record);
            await first.AcknowledgedAsync(4);
        }

        using var second = await node.PublishAsync(journal);
        var held = await second.HeldAsync();
        Assert.Equal((4, journal.Records[3].Hash), (held.Sequence, held.Hash));
        foreach (var record in journal.Records.Skip(2)) await second.SendAsync(record);
        await second.AcknowledgedAsync(6);
        Assert.Equal(["a1", "a2", "a3", "a4", "a5", "a6"], Attempts(register).Select(attempt => attempt.AttemptId));
    }

    [Fact]
    public async Task R89_After_an_outage_offline_events_arrive_once_in_order_with_their_time_and_device_however_often_they_are_sent()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        var began = DateTimeOffset.FromUnixTimeSeconds(Library.Now.AddHours(-6).ToUnixTimeSeconds());
        for (var i = 1; i <= 4; i++)
        {
            journal.Decision($"a{i}", Library.Card(1), DecisionCode.Granted, PinResult.Right, began.AddMinutes(i));
            journal.Outcome($"a{i}", Outcome.Unlocked);
        }

        await DeliverAsync(node, journal);
        await DeliverAsync(node, journal);
        using (var doubled = await node.PublishAsync(journal))
        {
            await doubled.HeldAsync();
            foreach (var record in journal.Records.SelectMany(record => new[] { record, record })) await doubled.SendAsync(record);
            await doubled.AcknowledgedAsync(journal.Records.Count);
        }

        Assert.Equal(
            Enumerable.Range(1, 4).Select(i => ($"a{i}", "front", "reader", (long?)began.AddMinutes(i).ToUnixTimeMilliseconds(), (int)Outcome.Unlocked)),
            Attempts(register).Select(attempt => (attempt.AttemptId, attempt.NodeId, attempt.DeviceId, attempt.PresentedAt, attempt.Outcome)));
        Assert.Equal(journal.Records.Count, Records(register).Count);
    }

    [Fact]
    public async Task R17_A_use_that_a_node_let_in_alone_is_the_card_s_last_use_once_it_is_delivered()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, card) = await BranchWithACardAsync(register);
        var used = DateTimeOffset.FromUnixTimeSeconds(Library.Now.AddHours(-2).ToUnixTimeSeconds());
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.Granted, PinResult.Right, used);
        journal.Decision("a2", Library.Card(1), DecisionCode.PinWrong, PinResult.Wrong, used.AddHours(1));

        await DeliverAsync(node, journal);

        await using var db = register.Core.Store.Read();
        Assert.Equal(used.ToUnixTimeMilliseconds(), db.Set<Register.Cards.CardRow>().Single(row => row.CardId == card.CardId).LastUsedAt);
    }

    [Fact]
    public async Task R17_A_right_PIN_that_a_node_refused_alone_is_a_use_and_no_visit()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1);
        var node = await register.EnrolAsync(Library.Branch);
        var used = DateTimeOffset.FromUnixTimeSeconds(Library.Now.AddHours(-2).ToUnixTimeSeconds());
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.Closed, PinResult.Right, used);

        await DeliverAsync(node, journal);

        await using var db = register.Core.Store.Read();
        Assert.Equal(used.ToUnixTimeMilliseconds(), db.Set<Register.Cards.CardRow>().Single(row => row.CardId == card.CardId).LastUsedAt);
        Assert.Empty(db.Set<VisitRow>());
    }

    [Fact]
    public async Task Another_record_under_a_held_sequence_is_a_fork()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.Plain(RecordKind.JournalOpened);
        journal.Plain(RecordKind.NodeStarted);
        await DeliverAsync(node, journal);

        var copy = new TestJournal(node, journal.Id);
        copy.Plain(RecordKind.JournalOpened, detail: "a restored disk");
        copy.Plain(RecordKind.NodeStarted);
        await AssertForkAsync(register, node, copy);
        Assert.Equal(2, Records(register).Count);
    }

    [Fact]
    public async Task A_record_that_does_not_follow_the_chain_is_refused()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.Plain(RecordKind.JournalOpened);
        journal.Plain(RecordKind.Alarm, detail: "forced").Open = new RecordOpen { Kind = RecordKind.Alarm, Detail = "nothing" }.ToByteString();
        await AssertForkAsync(register, node, journal);
    }

    [Fact]
    public async Task A_register_that_is_ahead_of_the_node_sees_a_fork()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.Plain(RecordKind.JournalOpened);
        journal.Plain(RecordKind.NodeStarted);
        await DeliverAsync(node, journal);

        var behind = new TestJournal(node, journal.Id);
        behind.Plain(RecordKind.JournalOpened);
        using var call = await node.PublishAsync(behind);
        Assert.Equal("JOURNAL_FORK", (await call.EndAsync()).Trailers.GetValue(Refused.ReasonTrailer));
    }

    [Fact]
    public async Task A_ban_that_the_node_could_not_know_is_reported()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, card) = await BranchWithACardAsync(register);
        await register.BanAsync(card);
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.Granted, PinResult.Right, Library.Now.AddSeconds(1));
        await DeliverAsync(node, journal);

        var attempt = Assert.Single(Attempts(register));
        Assert.Equal((int)DecisionCode.SelfServiceBan, attempt.JudgedCode);
        Assert.Matches(@"^let in \d\d:\d\d, banned ", attempt.Difference);
    }

    [Fact]
    public async Task A_patron_kept_out_for_want_of_the_register_is_reported()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.OfflineNotCached, PinResult.Right, Library.Now);
        await DeliverAsync(node, journal);
        Assert.Matches(@"^kept out \d\d:\d\d \(OFFLINE_NOT_CACHED\), the register would have let in$", Assert.Single(Attempts(register)).Difference);
    }

    [Fact]
    public async Task A_decision_from_before_a_ban_stays_right()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, card) = await BranchWithACardAsync(register);
        var before = register.Core.Log.Head;
        var at = Library.Now;
        await Task.Delay(TimeSpan.FromMilliseconds(5));
        await register.BanAsync(card);
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.Granted, PinResult.Right, at);
        await DeliverAsync(node, journal);
        Assert.True(register.Core.Log.Head.Version > before.Version);
        Assert.Equal(((int)DecisionCode.Granted, ""), (Assert.Single(Attempts(register)).JudgedCode, Attempts(register)[0].Difference));
    }

    [Fact]
    public async Task Wrong_pins_of_an_outage_count_on_the_card_once()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, card) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.PinWrong, PinResult.Wrong, Library.Now);
        journal.Decision("a2", Library.Card(1), DecisionCode.PinWrong, PinResult.Wrong, Library.Now);
        await DeliverAsync(node, journal);
        await DeliverAsync(node, journal);
        Assert.Equal(2, register.Core.Index.Card(card.CardId)!.Facts.Guesses.WrongTimes.Count);
    }

    [Fact]
    public async Task An_interrupted_decision_is_marked()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.Granted, PinResult.Right, Library.Now);
        journal.Plain(RecordKind.Interrupted, "a1");
        await DeliverAsync(node, journal);
        Assert.True(Assert.Single(Attempts(register)).Interrupted);
    }

    [Fact]
    public async Task A_grant_of_an_outage_brings_the_card_into_the_branch_s_scope()
    {
        await using var register = await RunningRegister.StartAsync();
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1);
        var node = await register.EnrolAsync(Library.Branch);
        var journal = new TestJournal(node);
        journal.Decision("a1", Library.Card(1), DecisionCode.Granted, PinResult.Right, Library.Now);
        await DeliverAsync(node, journal);
        Assert.Equal(Library.Branch, Assert.Single(register.Core.Index.Card(card.CardId)!.Visits).BranchId);
    }

    [Fact]
    public async Task An_alarm_of_the_node_is_shown_with_the_node()
    {
        await using var register = await RunningRegister.StartAsync();
        var (node, _) = await BranchWithACardAsync(register);
        var journal = new TestJournal(node);
        journal.Plain(RecordKind.Alarm, detail: "door front forced");
        await DeliverAsync(node, journal);
        var status = await register.StatusAsync();
        Assert.Contains(status.Alarms, alarm => alarm.EndsWith("door front forced", StringComparison.Ordinal));
        Assert.Equal((journal.Id, 1), (status.JournalId, status.JournalSequence));
    }

    private static async Task<(TestNode Node, CardEntry Card)> BranchWithACardAsync(RunningRegister register)
    {
        await register.ApplyBranchAsync();
        var card = await register.AddPatronAsync(1, visited: Library.Now);
        return (await register.EnrolAsync(Library.Branch), card);
    }

    private static async Task DeliverAsync(TestNode node, TestJournal journal)
    {
        using var call = await node.PublishAsync(journal);
        await call.HeldAsync();
        foreach (var record in journal.Records) await call.SendAsync(record);
        await call.AcknowledgedAsync(journal.Records.Count);
    }

    private static async Task AssertForkAsync(RunningRegister register, TestNode node, TestJournal journal)
    {
        using var call = await node.PublishAsync(journal);
        await call.HeldAsync();
        foreach (var record in journal.Records) await call.SendAsync(record);
        var end = await call.EndAsync();
        Assert.Equal((StatusCode.FailedPrecondition, "JOURNAL_FORK"), (end.StatusCode, end.Trailers.GetValue(Refused.ReasonTrailer)));
        Assert.Contains((await register.StatusAsync()).Alarms, alarm => alarm.Contains("fork", StringComparison.Ordinal));
    }

    private static List<AttemptRow> Attempts(RunningRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<AttemptRow>().OrderBy(row => row.RowNumber)];
    }

    private static List<JournalRecordRow> Records(RunningRegister register)
    {
        using var db = register.Core.Store.Read();
        return [.. db.Set<JournalRecordRow>()];
    }
}
