using KioskLink.Circulation.Machines;
using KioskLink.Node.Journal;
using KioskLink.Node.Outage;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Tests.Outage;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Testing;
using Microsoft.Data.Sqlite;
using OfflineCheckouts = KioskLink.Protos.Types.V1.OfflineCheckouts;
using OfflineLending = KioskLink.Protos.Types.V1.OfflineLending;
using RecordKind = KioskLink.Protos.Types.V1.RecordKind;

namespace KioskLink.Node.Tests.Circulation;

/// <summary>A register that answers a machine's act later than the machine can wait: what the machine hears is so, and the act is done once.</summary>
public sealed class LateRegisterTests : IAsyncLifetime
{
    private const string NoTime = "                  ";

    private readonly FakeLoans _loans = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly TaskCompletionSource _awake = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private MachineHall _hall = null!;
    private Task _replaying = Task.CompletedTask;

    public async Task InitializeAsync()
    {
        _hall = await MachineHall.OpenAsync(
            sip2 => sip2 with { Listeners = [.. sip2.Listeners, new Sip2ListenConfig { Address = "127.0.0.1:0", WithoutLogin = "kiosk1" }] },
            (parts, login) => new OutageCirculation(parts, parts.Acts.Of, login));
        _hall.Register.Circulation = _loans;
    }

    public async Task DisposeAsync()
    {
        _awake.TrySetResult();
        await _stopping.CancelAsync();
        await _replaying;
        await _hall.DisposeAsync();
        _stopping.Dispose();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_loan_whose_answer_is_late_is_kept_before_the_machine_hears_yes_and_done_once_by_the_same_id(bool doneAtOnce)
    {
        (doneAtOnce ? (Action<Func<Act, Task>>)(wait => _loans.After = wait) : wait => _loans.Before = wait)(FirstWaitsAsync);
        await using var machine = await _hall.LogInAsync();

        var lent = await machine.SayAsync(Loan(Samples.Pin));
        var kept = Assert.Single(_hall.Parts.ActBook.All);
        Assert.StartsWith("121N", lent, StringComparison.Ordinal);
        Assert.Equal(("ITEM1", "kiosk1", ActState.Waiting), (kept.Item, kept.Device, kept.State));

        Replay();
        await Patience.Until(() => _hall.Parts.ActBook.Waiting == 0, "the register has the act");
        _awake.SetResult();
        Assert.Equal(kept.Id, (await _loans.Heard.Next("one call")).TransactionId);
        Assert.Equal(kept.Id, (await _loans.Heard.Next("the other call")).TransactionId);

        var done = Assert.Single(_loans.Done);
        Assert.Equal((kept.Id, "ITEM1"), (done.Act.TransactionId, done.Item));
        Assert.Equal(ActState.Taken, Assert.Single(_hall.Parts.ActBook.All).State);
    }

    [Fact]
    public async Task A_loan_whose_answer_is_late_is_a_no_where_the_PIN_is_wrong_and_only_that_is_kept()
    {
        _loans.Before = FirstWaitsAsync;
        await using var machine = await _hall.LogInAsync();

        Assert.StartsWith("120N", await machine.SayAsync(Loan(Samples.WrongPin)), StringComparison.Ordinal);
        Assert.Equal(ActKind.Withdraw, Assert.Single(_hall.Parts.ActBook.All).Kind);
    }

    [Theory]
    [InlineData("a loan where the branch lends nothing", true)]
    [InlineData("a loan to an unknown card", true)]
    [InlineData("a loan to an unknown card", false)]
    [InlineData("a renewal", true)]
    [InlineData("all renewals", true)]
    [InlineData("all renewals", false)]
    [InlineData("a payment", true)]
    [InlineData("a payment", false)]
    public async Task Of_what_the_machine_was_told_no_about_nothing_stands_and_its_next_try_is_another_act(string what, bool doneAtOnce)
    {
        (doneAtOnce ? (Action<Func<Act, Task>>)(wait => _loans.After = wait) : wait => _loans.Before = wait)(FirstWaitsAsync);
        if (what == "a loan where the branch lends nothing")
            LendNothing();
        await using var machine = await _hall.LogInAsync();
        var (asked, no, yes) = WordsOf(what);

        Assert.StartsWith(no, await machine.SayAsync(asked), StringComparison.Ordinal);
        var kept = Assert.Single(_hall.Parts.ActBook.All);
        Assert.Equal((ActKind.Withdraw, "kiosk1", ActState.Waiting), (kept.Kind, kept.Device, kept.State));

        Replay();
        await Patience.Until(() => _hall.Parts.ActBook.Waiting == 0, "the register has the withdrawal");
        _awake.SetResult();
        Assert.Equal(kept.Withdraws, (await _loans.Heard.Next("the act or its withdrawal")).TransactionId);
        Assert.Equal(kept.Withdraws, (await _loans.Heard.Next("the other of the two")).TransactionId);
        Assert.Empty(_loans.Done);

        Assert.StartsWith(yes, await machine.SayAsync(asked), StringComparison.Ordinal);
        Assert.NotEqual(kept.Withdraws, Assert.Single(_loans.Done).Act.TransactionId);
    }

    [Fact]
    public async Task A_withdrawal_that_the_disk_does_not_take_is_told_to_the_register_at_once_and_to_staff()
    {
        _loans.Before = FirstWaitsAsync;
        FillActBook();
        await using var machine = await _hall.LogInAsync();
        var (asked, no, _) = WordsOf("a renewal");

        Assert.StartsWith(no, await machine.SayAsync(asked), StringComparison.Ordinal);

        var withdrawal = await _loans.Heard.Next("the withdrawal");
        Assert.Empty(_hall.Parts.ActBook.All);
        await Patience.Until(
            () => _hall.Parts.Journal.Read(1, 100).Select(SealedRecord.Open).Any(open =>
                open.Kind == RecordKind.Alarm && open.Detail.Contains("the disk could not keep it: look in the register whether item ITEM1 stands there", StringComparison.Ordinal)),
            "staff is told");
        _awake.SetResult();
        Assert.Equal(withdrawal.TransactionId, (await _loans.Heard.Next("the act")).TransactionId);
        Assert.Empty(_loans.Done);
    }

    [Fact]
    public async Task An_act_told_again_on_another_connection_while_the_first_call_waits_has_one_answer_for_both()
    {
        var (calls, waits) = (0, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        _loans.Before = _ =>
        {
            if (Interlocked.Increment(ref calls) > 1)
                return Task.CompletedTask;
            waits.SetResult();
            return _awake.Task;
        };
        await using var machine = await _hall.LogInAsync();
        await using var again = await _hall.LogInAsync();
        var (asked, no, _) = WordsOf("a renewal");

        var first = machine.SayAsync(asked);
        await Patience.For(waits.Task, "the register has the first call");
        Assert.StartsWith(no, await again.SayAsync(asked), StringComparison.Ordinal);
        Assert.StartsWith(no, await first, StringComparison.Ordinal);

        var kept = Assert.Single(_hall.Parts.ActBook.All);
        Replay();
        await Patience.Until(() => _hall.Parts.ActBook.Waiting == 0, "the register has the withdrawal");
        _awake.SetResult();
        Assert.Equal(kept.Withdraws, (await _loans.Heard.Next("the act or its withdrawal")).TransactionId);
        Assert.Equal(kept.Withdraws, (await _loans.Heard.Next("the other of the two")).TransactionId);
        Assert.Empty(_loans.Done);
    }

    [Fact]
    public async Task A_machine_that_never_logs_in_keeps_its_acts_under_the_login_that_node_json_means()
    {
        _hall.Parts.Link.Post(LinkInput.CallFailed);
        _hall.Parts.Link.Post(LinkInput.CallFailed);
        await using var machine = await LineDevice.ConnectAsync(_hall.Desk.Addresses[1]);

        Assert.StartsWith("121N", await machine.SayAsync(Loan(Samples.Pin)), StringComparison.Ordinal);
        Assert.StartsWith("101Y", await machine.SayAsync($"09N{MachineHall.Time}{MachineHall.Time}AP|AOKIRJ|ABITEM2|AC|BIN|"), StringComparison.Ordinal);

        Assert.Equal(["kiosk1", "kiosk1"], _hall.Parts.ActBook.All.Select(act => act.Device));
    }

    private static (string Asked, string No, string Yes) WordsOf(string what) => what switch
    {
        "a loan where the branch lends nothing" => (Loan(Samples.Pin), "120", "121"),
        "a loan to an unknown card" => (Loan(Samples.Pin).Replace(Samples.KnownCard, Samples.UnknownCard, StringComparison.Ordinal), "120", "121"),
        "a renewal" => ($"29NN{MachineHall.Time}{NoTime}AOKIRJ|AA{Samples.KnownCard}|AD{Samples.Pin}|ABITEM1|BON|", "300", "301"),
        "all renewals" => ($"65{MachineHall.Time}AOKIRJ|AA{Samples.KnownCard}|AD{Samples.Pin}|BON|", "660", "661"),
        _ => ($"37{MachineHall.Time}0402EURBV12.50|AOKIRJ|AA{Samples.KnownCard}|BKtx-1|", "38N", "38Y"),
    };

    private static string Loan(string pin) => $"11YN{MachineHall.Time}{NoTime}AOKIRJ|AA{Samples.KnownCard}|ABITEM1|AC|AD{pin}|BON|BIN|";

    // From now on the book takes no act, as on a full disk.
    private void FillActBook()
    {
        using var connection = new SqliteConnection($"Data Source={Path.Combine(_hall.Parts.Config.Data, "acts.db")};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "CREATE TRIGGER full BEFORE INSERT ON act BEGIN SELECT RAISE(ABORT, 'the disk is full'); END";
        command.ExecuteNonQuery();
    }

    private void LendNothing()
    {
        var facts = Samples.Branch();
        facts.Branch.OfflineLending = new OfflineLending { Checkouts = OfflineCheckouts.None };
        _hall.Parts.Replica.Apply(Samples.State(facts, version: 2));
    }

    // The machine's own call waits; what is told of later goes through.
    private Task FirstWaitsAsync(Act act) => act.NoBlock ? Task.CompletedTask : _awake.Task;

    private void Replay()
    {
        var parts = _hall.Parts;
        var replay = new Replay(
            parts.ActBook, new ReplayCalls(() => parts.Channels.Loans, parts.Clock, parts.Time), parts.Link, parts.Clock, parts.Alarms, parts.Time, new RetryDelay(() => 0));
        _hall.Rig.Online();
        _replaying = Task.Run(() => replay.RunAsync(_stopping.Token));
    }
}
