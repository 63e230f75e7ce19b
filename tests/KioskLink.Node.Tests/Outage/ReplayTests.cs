using Grpc.Core;
using KioskLink.Node.Outage;
using KioskLink.Node.RegisterLink;
using KioskLink.Node.Tests.Rig;
using KioskLink.Protos.Register.V1;
using KioskLink.Sip2.Circulation;
using KioskLink.Testing;
using NodaTime;

namespace KioskLink.Node.Tests.Outage;

/// <summary>Kept acts reach a register over real gRPC when the link is back.</summary>
public sealed class ReplayTests : IAsyncLifetime
{
    private const int Room = 100;
    private readonly TempFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly FakeLoans _loans = new();
    private readonly CancellationTokenSource _stopping = new();
    private ScriptedRegister _register = null!;
    private NodeRig _rig = null!;
    private Task _running = Task.CompletedTask;

    private ActBook Book => _rig.Parts.ActBook;

    public async Task InitializeAsync()
    {
        _register = await ScriptedRegister.StartAsync(_authority);
        _register.Circulation = _loans;
        _rig = new NodeRig(_folder, _authority, _register.Address).Holding(Samples.Branch(), Samples.Adult());
    }

    public async Task DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running;
        await _register.DisposeAsync();
        _rig.Dispose();
        _folder.Dispose();
        _stopping.Dispose();
    }

    [Fact]
    public async Task R89_What_happened_without_the_register_is_told_in_order_with_its_time_device_and_sealed_card()
    {
        var loan = SampleActs.Loan("301") with { NotedBy = "staff-3" };
        await KeepAsync(loan, SampleActs.Return("301"), SampleActs.Of(ActKind.Renew, "302"), SampleActs.Of(ActKind.Hold, "") with { Title = "t9" });
        Run();
        Assert.False(_loans.Heard.Any);

        _rig.Online();
        await Patience.Until(() => Book.Waiting == 0, "everything is settled");

        Assert.Equal(["301", "301", "302", "t9"], _loans.Done.Select(done => done.Item));
        var (act, _, envelope, dueOn) = _loans.Done[0];
        Assert.Equal((loan.Id, "selfcheck", true, "staff-3", "2026-12-25"), (act.TransactionId, act.DeviceId, act.NoBlock, act.NotedBy, dueOn));
        Assert.Equal(SampleActs.Noon, Instant.FromDateTimeOffset(act.HappenedTime.ToDateTimeOffset()));
        Assert.Equal(loan.Envelope, envelope);
        Assert.All(Book.All, kept => Assert.Equal((ActState.Taken, 0, 0), (kept.State, kept.Token.Length, kept.Envelope.Length)));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_again_and_nothing_is_done_twice()
    {
        var lost = 0;
        _loans.OnTheWay = _ => Interlocked.Increment(ref lost) <= 2 ? StatusCode.Unavailable : null;
        await KeepAsync(SampleActs.Loan("301"), SampleActs.Return("302"));

        Run();
        _rig.Online();
        await Patience.Until(() => Book.Waiting == 0, "everything is settled");

        Assert.Equal(["301", "302"], _loans.Done.Select(done => done.Item));
        Assert.Equal(4, _loans.Heard.Drain().Count);
    }

    [Fact]
    public async Task Conflicts_and_refusals_are_kept_with_their_reason()
    {
        _loans.Judge = item => item == "301"
            ? new LoanOutcome { Done = true, Conflict = true, Reason = LoanReason.ItemOnLoan }
            : new LoanOutcome { Reason = LoanReason.ItemUnknown };
        var (taken, refused) = (SampleActs.Loan("301"), SampleActs.Loan("302"));
        await KeepAsync(taken, refused);

        Run();
        _rig.Online();
        await Patience.Until(() => Book.Waiting == 0, "everything is settled");

        Assert.Equal([(ActState.Conflict, LoanReason.ItemOnLoan), (ActState.Refused, LoanReason.ItemUnknown)], Book.All.Select(act => (act.State, act.Reason)));
        Assert.Equal((0, CardOf(refused)), (Book.All[0].Envelope.Length, CardOf(Book.All[1])));
        Assert.Equal(2, Book.Unsettled);
    }

    [Fact]
    public async Task A_register_that_takes_no_loans_of_this_node_is_an_alarm_and_everything_waits_until_it_does()
    {
        var refuses = true;
        _loans.OnTheWay = _ => refuses ? StatusCode.PermissionDenied : null;
        await KeepAsync(SampleActs.Loan("301"));

        Run();
        _rig.Online();
        await Patience.Until(() => _rig.Parts.Alarms.Standing.Any(alarm => alarm.Contains("takes no loans of this node", StringComparison.Ordinal)), "the alarm");
        Assert.Equal(1, Book.Waiting);
        refuses = false;

        await Patience.Until(() => Book.Waiting == 0 && _rig.Parts.Alarms.Standing.Count == 0, "the act is taken and the alarm over");
    }

    [Fact]
    public void A_clock_that_nobody_vouched_for_is_mended_by_the_boots_own_clock_before_the_register_hears_of_it()
    {
        using var folder = new TempFolder();
        var time = new VirtualTime();
        using var rig = new NodeRig(folder, _authority, _register.Address, time: time);
        var act = SampleActs.Loan("301") with { Time = ActTime.Now(rig.Clock) };
        time.SetWallClock(VirtualTime.Noon.AddDays(3));
        time.Advance(TimeSpan.FromMinutes(40));
        var now = Instant.FromDateTimeOffset(VirtualTime.Noon.AddDays(9));
        rig.Clock.OnWatermark(now);

        Assert.False(act.Time.Trusted);
        Assert.Equal(now - Duration.FromMinutes(40), act.Time.Mended(rig.Clock));
    }

    [Fact]
    public async Task A_machine_waits_for_what_happened_to_its_item_before_and_is_then_put_behind_it()
    {
        await KeepAsync(SampleActs.Loan("301"));
        var (online, kept) = (new CountingCirculation(), new CountingCirculation());
        var circulation = new CirculationInOrder(online, kept, Book, TimeProvider.System);

        await circulation.CheckInAsync(Return("302"), default);
        await circulation.CheckInAsync(Return("301"), default);
        Assert.Equal((1, 1), (online.Returns, kept.Returns));
        Run();
        _rig.Online();
        await circulation.CheckInAsync(Return("301"), default);

        Assert.Equal((2, 1), (online.Returns, kept.Returns));
    }

    private static int CardOf(LoanAct act) => act.Envelope.Length;

    private static CheckinQuestion Return(string item) => new() { Asker = new Asker { Login = "selfcheck" }, Item = item };

    private async Task KeepAsync(params LoanAct[] acts)
    {
        foreach (var act in acts)
            Assert.True((await Book.KeepAsync(act, Room)).IsKept);
    }

    private void Run()
    {
        var parts = _rig.Parts;
        var replay = new Replay(
            Book, new ReplayCalls(() => parts.Channels.Loans, parts.Clock, parts.Time), parts.Link, parts.Clock, parts.Alarms, parts.Time, new RetryDelay(() => 0));
        _running = Task.Run(() => replay.RunAsync(_stopping.Token));
    }
}
