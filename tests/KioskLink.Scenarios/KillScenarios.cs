using System.Security.Cryptography;
using Google.Protobuf.WellKnownTypes;
using KioskLink.Demo.Setup;
using KioskLink.Protos.Node.V1;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using Xunit.Abstractions;

namespace KioskLink.Scenarios;

/// <summary>The node is killed (SIGKILL) at random moments while cards are presented: at least 20 times in every run, 200 in a long one.</summary>
public class KillScenarios(ITestOutputHelper output)
{
    private const int LatestKillMs = 500;

    /// <summary>How late a virtual board's timer may fire on a machine with no core to spare.</summary>
    private static readonly TimeSpan BoardSlack = TimeSpan.FromSeconds(2);

    private static readonly TimeSpan LockedAfterRestart = TimeSpan.FromSeconds(2);

    private static readonly RecordKind[] Moments = [RecordKind.Unspecified, RecordKind.Decision, RecordKind.Outcome];

    private static readonly (string Card, string Pin)[] People =
    [
        (Branch.Aino, Branch.AinosPin), ("29909090000026", "3712"), ("29909090000034", "48260"), (Branch.StaffBadge, ""), ("29909090000042", "5923"),
    ];

    [Fact]
    public async Task A_killed_node_loses_doubles_and_hides_no_decision_and_leaves_no_board_timed_lock_open()
    {
        var (random, kills) = (NewRandom(), LongRun.IsAsked ? 200 : 20);
        await using var branch = await Branch.OpenAsync();
        using var relay = new RelayWatch(branch.World.Hardware.Module);
        for (var kill = 0; kill < kills; kill++)
        {
            await PresentSomeoneAsync(branch, random);
            await branch.World.KillNodeAsync();
            await branch.World.StartNodeAsync();
        }
        await branch.LetInAsync(Branch.StaffBadge);
        await branch.World.WaitForLinkAsync(Patience.Program);
        await branch.Actions.SettledAsync();

        var journal = await branch.ReadJournalAsync();
        CheckNothingIsLost(branch.World.Journal.Records, journal);
        CheckEveryDecisionHasOneEnd(journal);
        CheckRegisterHoldsEachOnce(journal, await branch.ListRecordedAttemptsAsync());
        CheckEveryUnlockHasItsGrant(relay.Stretches, journal);
        Assert.All(relay.Stretches, on => Assert.InRange(on.To!.Value - on.From, TimeSpan.Zero, DemoBranch.UnlockFor + BoardSlack));
        Tell(kills, relay, journal);
        Assert.True(relay.Stretches.Count > kills / 10, "Too few kills came after an unlock to prove anything of it.");
    }

    [Fact]
    public async Task A_lock_that_the_node_times_is_locked_within_two_seconds_of_the_restart_of_a_killed_node()
    {
        var (random, kills) = (NewRandom(), LongRun.IsAsked ? 20 : 3);
        await using var branch = await Branch.OpenAsync(new LockModule(HasTimers: false));
        await branch.ApplyAsync(changed => changed.UnlockFor = Duration.FromTimeSpan(TimeSpan.FromSeconds(25)));
        using var relay = new RelayWatch(branch.World.Hardware.Module);
        for (var kill = 0; kill < kills; kill++)
        {
            await branch.PresentAsync(Branch.StaffBadge);
            await Patience.Until(() => relay.IsOn, "the lock was unlocked");
            await Task.Delay(random.Next(LatestKillMs));
            await branch.World.KillNodeAsync();
            Assert.True(relay.IsOn, "Nobody but the node times this lock: it stays open while the node is dead.");

            var start = TimeProvider.System.GetTimestamp();
            var started = branch.World.StartNodeAsync();
            await branch.World.WaitAsync(() => Task.FromResult(!relay.IsOn), LockedAfterRestart, "the lock was not locked after the node's restart");
            output.WriteLine($"kill {kill + 1}: locked {TimeProvider.System.GetElapsedTime(start).TotalSeconds:0.00} s after the process was started");
            await started;
        }
    }

    private Random NewRandom()
    {
        var seed = RandomNumberGenerator.GetInt32(int.MaxValue);
        output.WriteLine($"seed {seed}");
        return new Random(seed);
    }

    /// <summary>Returns at the moment of the kill: a random time after the card, the decision's record or the outcome's, a third each.</summary>
    private static async Task PresentSomeoneAsync(Branch branch, Random random)
    {
        await branch.WaitForLockedDoorAsync();
        await branch.World.WaitForReaderAsync(Patience.Program);
        var before = await branch.World.JournalEndAsync();
        var (card, pin) = People[random.Next(People.Length)];
        branch.Actions.Present(card);
        if (pin.Length > 0)
            await branch.Actions.TypeAsync(pin + "#");
        if (Moments[random.Next(Moments.Length)] is var kind and not RecordKind.Unspecified)
            await branch.World.Journal.FindAsync(before, open => open.Kind == kind, Patience.Event);
        await Task.Delay(random.Next(LatestKillMs));
    }

    private static void CheckNothingIsLost(IReadOnlyList<WatchJournalResponse> seen, IReadOnlyList<WatchJournalResponse> journal)
    {
        Assert.Equal(Enumerable.Range(1, journal.Count).Select(number => (long)number), journal.Select(record => record.Sequence));
        Assert.All(seen, record => Assert.Equal(record.Hash, journal[(int)record.Sequence - 1].Hash));
    }

    private static void CheckEveryDecisionHasOneEnd(IReadOnlyList<WatchJournalResponse> journal)
    {
        var decided = Decisions(journal).Select(record => record.Open.AttemptId).ToList();
        var ended = journal.Where(record => record.Open.Kind is RecordKind.Outcome or RecordKind.Interrupted).Select(record => record.Open.AttemptId).ToList();
        Assert.Equal(decided.Distinct().Order(), decided.Order());
        Assert.Equal(decided.Order(), ended.Order());
    }

    private static void CheckRegisterHoldsEachOnce(IReadOnlyList<WatchJournalResponse> journal, IReadOnlyList<Protos.Register.V1.Attempt> rows) =>
        Assert.Equal(
            Decisions(journal).Select(record => (record.Sequence, record.Open.AttemptId, record.Open.Code)),
            rows.OrderBy(row => row.JournalSequence).Select(row => (row.JournalSequence, row.AttemptId, row.Code)));

    /// <summary>An unlock belongs to the last grant recorded before it, and no grant has two.</summary>
    private static void CheckEveryUnlockHasItsGrant(IReadOnlyList<RelayOn> unlocks, IReadOnlyList<WatchJournalResponse> journal)
    {
        var granted = Decisions(journal).Where(record => record.Open.Granted).ToList();
        var grants = unlocks.Select(unlock => granted.LastOrDefault(record => record.Open.Time.ToDateTimeOffset() <= unlock.From)?.Open.AttemptId).ToList();
        Assert.DoesNotContain(null, grants);
        Assert.Equal(grants.Distinct(), grants);
    }

    private static IEnumerable<WatchJournalResponse> Decisions(IEnumerable<WatchJournalResponse> journal) =>
        journal.Where(record => record.Open.Kind == RecordKind.Decision);

    private void Tell(int kills, RelayWatch relay, IReadOnlyList<WatchJournalResponse> journal)
    {
        var interrupted = journal.Count(record => record.Open.Kind == RecordKind.Interrupted);
        output.WriteLine($"{kills} kills: {Decisions(journal).Count()} decisions, {relay.Stretches.Count} unlocks, {interrupted} interrupted");
    }
}
