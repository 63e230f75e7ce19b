using Google.Protobuf.WellKnownTypes;
using KioskLink.Node.Commands;
using KioskLink.Node.Doors;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Journal;
using KioskLink.Node.Passages;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Doors;
using KioskLink.Testing;
using NodaTime;
using DoorState = KioskLink.Protos.Register.V1.DoorState;
using Duration = NodaTime.Duration;
using RecordOpen = KioskLink.Protos.Types.V1.RecordOpen;

namespace KioskLink.Node.Tests.Commands;

/// <summary>Remote commands on a door's loop in virtual time.</summary>
public sealed class CommandDeskTests : IAsyncDisposable
{
    private readonly TempFolder _folder = new();
    private readonly VirtualTime _time = new();
    private readonly CancellationTokenSource _stopping = new();
    private readonly Inbox<TimeSpan> _unlocks = new();
    private readonly Inbox<string> _journal = new();
    private readonly DoorLoop _door;
    private readonly Lockdown _lockdown;
    private readonly CommandDesk _desk;
    private readonly Task _running;
    private bool _acknowledges = true;
    private StaffArrival _arrival = StaffArrival.Noted;
    private AppendResult _append = new(1, null);

    public CommandDeskTests()
    {
        _door = new DoorLoop("front", Rules.Doors.DoorState.Of(LockDeclaration.FailSecure), Work(), _time);
        _lockdown = new Lockdown(_folder.Path, ["front"]);
        var doors = new Dictionary<string, DoorLoop> { ["front"] = _door };
        _desk = Desk(doors, new Interlocks([], doors));
        _running = _door.RunAsync(_stopping.Token);
    }

    [Fact]
    public async Task Open_unlocks_the_door_for_its_time_and_is_recorded_with_role_and_reason_before_it_moves()
    {
        var door = await OneAsync(Command(DoorCommand.Open));

        Assert.True(door.Done);
        Assert.Equal(TimeSpan.FromSeconds(7), await _unlocks.Next("the unlock"));
        Assert.Equal("Open: asked by role administrator: delivery", await _journal.Next("the record before"));
        Assert.Equal("Open: done", await _journal.Next("the record after"));
    }

    [Fact]
    public async Task Staff_is_confirmed_by_role_and_reason()
    {
        Assert.True((await OneAsync(Command(DoorCommand.ConfirmStaff))).Done);
        Assert.Equal("ConfirmStaff: asked by role administrator: delivery", await _journal.Next("the record before"));
    }

    [Theory]
    [InlineData("ClockUntrusted", "clock is not trusted")]
    [InlineData("NotStaffedHours", "no staffed hours")]
    public async Task Staff_that_cannot_count_as_come_is_told_why(string arrival, string problem)
    {
        _arrival = System.Enum.Parse<StaffArrival>(arrival);

        Assert.Contains(problem, (await OneAsync(Command(DoorCommand.ConfirmStaff))).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task R33_The_node_proves_on_its_own_facts_that_a_ban_at_its_branch_refuses_and_moves_nothing()
    {
        var proof = Command(DoorCommand.ProveBan);
        proof.BranchId = "FI-Test";
        var proven = await OneAsync(proof);
        Assert.Equal((true, ""), (proven.Done, proven.Problem));

        var other = Command(DoorCommand.ProveBan);
        other.BranchId = "FI-Other";
        var wrong = await OneAsync(other);

        Assert.False(wrong.Done);
        Assert.Contains("FI-Other", wrong.Problem, StringComparison.Ordinal);
        Assert.False(_unlocks.Any);
        Assert.False(_journal.Any);
    }

    [Fact]
    public async Task A_command_is_carried_out_once()
    {
        var command = Command(DoorCommand.Open);
        await _desk.CarryOutAsync(command);
        await _unlocks.Next("the unlock");

        Assert.Null(await _desk.CarryOutAsync(command));
        Assert.False(_unlocks.Any);
    }

    [Fact]
    public async Task An_expired_command_is_recorded_and_not_carried_out()
    {
        var command = Command(DoorCommand.Open);
        command.ExpireTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow());

        var door = await OneAsync(command);

        Assert.False(door.Done);
        Assert.Contains("too late", door.Problem, StringComparison.Ordinal);
        Assert.False(_unlocks.Any);
    }

    [Fact]
    public async Task A_door_stays_locked_while_one_that_is_interlocked_with_it_is_not_known_to_be_closed()
    {
        using var inner = new DoorLoop("inner", Rules.Doors.DoorState.Of(LockDeclaration.FailSecure), Work(), _time);
        var doors = new Dictionary<string, DoorLoop> { ["front"] = _door, ["inner"] = inner };
        var desk = Desk(doors, new Interlocks([new InterlockConfig { Doors = ["front", "inner"] }], doors));

        var door = Assert.Single((await desk.CarryOutAsync(Command(DoorCommand.Open)))!);

        Assert.Equal((false, "A door that is interlocked with it is open: close that one first."), (door.Done, door.Problem));
        Assert.False(_unlocks.Any);
    }

    [Fact]
    public async Task What_cannot_be_recorded_does_not_open()
    {
        _append = new AppendResult(0, "the disk is full");

        Assert.Contains("the disk is full", (await OneAsync(Command(DoorCommand.Open))).Problem, StringComparison.Ordinal);
        Assert.False(_unlocks.Any);
    }

    [Fact]
    public async Task A_lock_that_does_not_answer_is_told()
    {
        _acknowledges = false;

        var door = await OneAsync(Command(DoorCommand.Open));

        Assert.False(door.Done);
        Assert.Contains("did not answer", door.Problem, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_lockdown_of_every_door_keeps_out_a_remote_opening_until_it_is_released()
    {
        var everywhere = Command(DoorCommand.Lockdown);
        everywhere.DoorId = "";

        Assert.Equal("Lockdown", (await OneAsync(everywhere)).State);
        Assert.True(_lockdown.Holds("front"));
        Assert.Contains("lockdown", (await OneAsync(Command(DoorCommand.Open))).Problem, StringComparison.Ordinal);

        Assert.Equal("Locked", (await OneAsync(Command(DoorCommand.Release))).State);
        Assert.False(_lockdown.Holds("front"));
        Assert.True((await OneAsync(Command(DoorCommand.Open))).Done);
    }

    [Fact]
    public async Task State_is_told_without_a_record()
    {
        Assert.Equal("Locked", (await OneAsync(Command(DoorCommand.State))).State);
        Assert.False(_journal.Any);
    }

    [Fact]
    public async Task A_door_of_another_node_is_a_problem_that_names_it()
    {
        var command = Command(DoorCommand.Open);
        command.DoorId = "back";

        Assert.Contains("back", (await OneAsync(command)).Problem, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_the_commands_of_late_are_remembered()
    {
        var ledger = new CommandLedger();
        Assert.True(ledger.TryNote("first"));
        for (var index = 0; index < CommandLedger.Limit; index++)
            ledger.TryNote($"{index}");

        Assert.True(ledger.TryNote("first"));
        Assert.False(ledger.TryNote($"{CommandLedger.Limit - 1}"));
    }

    public async ValueTask DisposeAsync()
    {
        await _stopping.CancelAsync();
        await _running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _door.Dispose();
        _stopping.Dispose();
        _folder.Dispose();
    }

    private DoorWork Work() => new() { Unlock = Unlock, Lock = () => Task.CompletedTask, Record = _ => { }, Told = _ => { }, Alarm = (_, _) => { } };

    private CommandDesk Desk(IReadOnlyDictionary<string, DoorLoop> doors, Interlocks interlocks)
    {
        var branch = new BranchPolicy
        {
            Id = "FI-Test",
            Consortium = "test",
            Doors = [new DoorPolicy("front", "Front door", Duration.FromSeconds(7))],
        };
        return new CommandDesk("node", doors, interlocks, _lockdown, () => _arrival, () => branch, Record, Now);
    }

    private async Task<DoorState> OneAsync(ReceiveCommandsResponse command) => Assert.Single((await _desk.CarryOutAsync(command))!);

    private ReceiveCommandsResponse Command(DoorCommand command) => new()
    {
        CommandId = Guid.NewGuid().ToString("N"),
        Command = command,
        DoorId = "front",
        Role = "administrator",
        Reason = "delivery",
        ExpireTime = Timestamp.FromDateTimeOffset(_time.GetUtcNow() + TimeSpan.FromSeconds(5)),
    };

    private Instant Now() => Instant.FromDateTimeOffset(_time.GetUtcNow());

    private Task<AppendResult> Record(RecordOpen open)
    {
        _journal.Post(open.Detail);
        return Task.FromResult(_append);
    }

    private Task<bool> Unlock(TimeSpan unlockFor)
    {
        _unlocks.Post(unlockFor);
        return Task.FromResult(_acknowledges);
    }
}
