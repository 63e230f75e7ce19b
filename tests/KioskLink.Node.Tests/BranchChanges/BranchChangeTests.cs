using KioskLink.Node.BranchChanges;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Tests.Doors;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Premises;
using KioskLink.Testing;
using NodaTime;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;
using OpeningHours = KioskLink.Rules.Branches.OpeningHours;
using Period = KioskLink.Rules.Branches.Period;
using PeriodKind = KioskLink.Rules.Branches.PeriodKind;

namespace KioskLink.Node.Tests.BranchChanges;

/// <summary>What a node does when its branch's state changes, over a real pty and with real programs.</summary>
public sealed class BranchChangeTests : IDisposable
{
    private static readonly Instant StaffedTime = Instant.FromDateTimeOffset(VirtualTime.Noon);
    private static readonly Instant SelfServiceTime = StaffedTime + NodaTime.Duration.FromHours(5);
    private static readonly Instant ClosedTime = StaffedTime + NodaTime.Duration.FromHours(10);

    private static readonly Instant ClosingTime = StaffedTime.InZone(DateTimeZoneProviders.Tzdb["Europe/Helsinki"]).Date.At(new LocalTime(20, 0)).InZoneLeniently(DateTimeZoneProviders.Tzdb["Europe/Helsinki"]).ToInstant();

    private readonly TempFolder _folder = new();

    [Fact]
    public async Task A_relay_is_set_as_the_branchs_state_says_and_again_when_its_device_is_back()
    {
        await using var door = NewDoorstep(Light("on", BranchState.SelfService, RelayState.On), Light("off", BranchState.Closed, RelayState.Off));
        door.Now = SelfServiceTime;
        await door.StartAsync();
        await door.Relay.NextWhere(switched => switched == (3, true), "the light");

        door.Module.PowerOff();
        await door.Alarms.NextWhere(text => text.Contains("io", StringComparison.Ordinal), "the dead device");
        door.Module.PowerOn();
        await door.Relay.NextWhere(switched => switched == (3, false), "the dark");
        await door.Relay.NextWhere(switched => switched == (3, true), "the light again");

        door.Now = ClosedTime;
        await door.Relay.NextWhere(switched => switched == (3, false), "the end of the light");
        Assert.Equal("SelfService -> Closed", (await door.Journal.NextWhere(record => record.Kind == RecordKind.Branch, "the record")).Detail);
    }

    [Fact]
    public async Task A_relay_may_be_pulsed_once_at_a_change()
    {
        await using var door = NewDoorstep(new ActionConfig { Id = "bell", To = BranchState.Closed, Device = "io", Output = 3, Pulse = TimeSpan.FromMilliseconds(200) });
        door.Now = SelfServiceTime;
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Follower.State == BranchState.SelfService, "the state");

        door.Now = ClosedTime;

        Assert.Equal((3, true), await door.Relay.Next("the bell"));
        Assert.Equal((3, false), await door.Relay.Next("its end"));
    }

    [Fact]
    public async Task A_change_missed_while_the_node_was_down_is_caught_up_once_and_not_repeated()
    {
        var announced = _folder["announced"];
        var announce = new ActionConfig { Id = "announce", To = BranchState.Closed, Command = [Script($"echo \"$1 $KIOSKLINK_BRANCH_STATE\" >> {announced}"), "closing; rm"] };
        await using var door = NewDoorstep(announce);
        door.Now = SelfServiceTime;
        await RunUntilAsync(door, BranchState.SelfService);
        Assert.False(File.Exists(announced));

        door.Now = ClosedTime;
        await RunUntilAsync(door, BranchState.Closed);
        await Patience.Until(() => File.Exists(announced) && File.ReadAllText(announced).Length > 0, "the announcement");
        await RunUntilAsync(door, BranchState.Closed);

        Assert.Equal(["closing; rm Closed"], await File.ReadAllLinesAsync(announced));
    }

    [Fact]
    public async Task A_command_that_fails_is_an_alarm()
    {
        await using var door = NewDoorstep(new ActionConfig { Id = "power", To = BranchState.Closed, Command = [Script("exit 7")] });
        door.Now = SelfServiceTime;
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Follower.State == BranchState.SelfService, "the state");

        door.Now = ClosedTime;

        Assert.Equal("Action power was not done: its command ended with 7.", await door.Alarms.NextWhere(text => text.StartsWith("Action", StringComparison.Ordinal), "the alarm"));
    }

    [Fact]
    public async Task Customers_computers_get_and_lose_their_power_by_a_command_at_the_changes()
    {
        var power = _folder["power"];
        var command = Script($"echo \"$1 $KIOSKLINK_BRANCH_STATE\" >> {power}");
        await using var door = NewDoorstep(
            new ActionConfig { Id = "computers-on", To = BranchState.SelfService, Command = [command, "on"] },
            new ActionConfig { Id = "computers-off", To = BranchState.Closed, Command = [command, "off"] });
        door.Now = StaffedTime;
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Follower.State == BranchState.Staffed, "staffed hours");
        Assert.False(File.Exists(power));

        door.Now = SelfServiceTime;
        await Patience.Until(() => File.Exists(power) && File.ReadAllText(power) == "on SelfService\n", "the power");
        door.Now = ClosedTime;
        await Patience.Until(() => File.ReadAllText(power) == "on SelfService\noff Closed\n", "the end of the power");

        Assert.DoesNotContain(door.Alarms.Drain(), text => text.StartsWith("Action", StringComparison.Ordinal));
    }

    [Fact]
    public async Task By_a_clock_that_nobody_vouches_for_nothing_changes()
    {
        await using var door = NewDoorstep(Light("on", BranchState.SelfService, RelayState.On));
        (door.Now, door.ClockTrusted) = (SelfServiceTime, false);
        await door.StartAsync();

        door.Reader.PresentCard(Doorstep.Badge);

        await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "an outcome");
        Assert.Null(door.Doorways.Follower.State);
        Assert.DoesNotContain((3, true), door.Relay.Drain());
    }

    [Fact]
    public async Task When_staff_has_gone_people_inside_show_their_card_to_a_reader_inside()
    {
        await using var door = new Doorstep(change: config => Doorstep.WithSecond(config, "front", Side.Inside) with { RollCall = TimeSpan.FromSeconds(3) })
        {
            Branch = WithHours(),
            Now = StaffedTime,
            Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.GrantedBadge)),
        };
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Follower.State == BranchState.Staffed && door.Second.ReadyForCards, "staffed hours");
        door.Now = SelfServiceTime;
        await door.Journal.NextWhere(record => record.Detail == "Staffed -> SelfService", "the change");

        door.Second.PresentCard(Doorstep.Badge);

        await Patience.Until(() => door.Second.Text == "Kiitos, kortti luettu", "the thanks");
        Assert.Equal("roll-call: 1 showed their card, 0 of those counted inside did not", (await door.Journal.NextWhere(record => record.Detail.StartsWith("roll-call", StringComparison.Ordinal), "the roll-call")).Detail);
        Assert.False(door.Relay.Any);
    }

    [Fact]
    public async Task An_action_with_minutes_before_a_change_is_done_then_and_not_a_minute_earlier()
    {
        var warned = _folder["warned"];
        await using var door = NewDoorstep(new ActionConfig { Id = "warn", To = BranchState.Closed, Minutes = -10, Command = [Script($"echo \"$KIOSKLINK_BRANCH_STATE\" >> {warned}")] });
        door.Now = ClosingTime - NodaTime.Duration.FromMinutes(11);
        await RunUntilAsync(door, BranchState.SelfService);
        await RunUntilAsync(door, BranchState.SelfService);
        Assert.Empty(new StateFile(door.Config.Data).Read().Done);

        door.Now = ClosingTime - NodaTime.Duration.FromMinutes(10);
        await RunUntilAsync(door, BranchState.SelfService);

        await Patience.Until(() => File.Exists(warned) && File.ReadAllText(warned).Length > 0, "the warning");
        Assert.Equal(["SelfService"], await File.ReadAllLinesAsync(warned));
    }

    [Theory]
    [InlineData(BranchState.SelfService, 1)]
    [InlineData(BranchState.Staffed, 0)]
    public async Task An_action_that_names_the_state_that_ends_is_done_at_that_change_alone(BranchState from, int times)
    {
        await using var door = NewDoorstep(new ActionConfig { Id = "announce", To = BranchState.Closed, From = from, Command = [Script("exit 0")] });
        door.Now = SelfServiceTime;
        await RunUntilAsync(door, BranchState.SelfService);

        door.Now = ClosedTime;
        await RunUntilAsync(door, BranchState.Closed);

        Assert.Equal(times, new StateFile(door.Config.Data).Read().Done.Count);
    }

    [Fact]
    public async Task An_action_at_a_suspension_is_done_when_it_begins()
    {
        var begins = SelfServiceTime + NodaTime.Duration.FromMinutes(30);
        await using var door = NewDoorstep(new ActionConfig { Id = "announce", To = BranchState.Suspended, Command = [Script("exit 0")] });
        (door.Branch, door.Now) = (WithHours() with { Suspensions = [new Closure(begins, null, "water")] }, SelfServiceTime);
        await RunUntilAsync(door, BranchState.SelfService);

        door.Now = begins;
        await RunUntilAsync(door, BranchState.Suspended);

        Assert.Single(new StateFile(door.Config.Data).Read().Done);
    }

    [Fact]
    public async Task People_counted_inside_who_show_no_card_when_staff_has_gone_are_an_alarm()
    {
        await using var door = new Doorstep(change: config => Doorstep.WithCounter(Doorstep.WithSecond(config, "front", Side.Inside)) with { RollCall = TimeSpan.FromMilliseconds(500) })
        {
            Branch = WithHours(),
            Now = StaffedTime,
        };
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Follower.State == BranchState.Staffed, "staffed hours");
        await CountOneInAsync(door);

        door.Now = SelfServiceTime;

        Assert.StartsWith("1 of the people counted inside", await door.Alarms.NextWhere(text => text.Contains("counted inside", StringComparison.Ordinal), "the alarm"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nobody_who_was_counted_inside_stays_so_when_the_branch_opens_after_the_night()
    {
        await using var door = new Doorstep(change: Doorstep.WithCounter) { Branch = WithHours(), Now = SelfServiceTime };
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Follower.State == BranchState.SelfService, "self-service hours");
        await CountOneInAsync(door);
        door.Now = ClosedTime;
        await door.Journal.NextWhere(record => record.Detail == "SelfService -> Closed", "the closing");
        Assert.Equal(1, door.Doorways.Passages.Book.People);

        door.Now = StaffedTime + NodaTime.Duration.FromDays(7);

        await Patience.Until(() => door.Doorways.Passages.Book.People == 0, "nobody inside");
    }

    public void Dispose() => _folder.Dispose();

    private static async Task CountOneInAsync(Doorstep door)
    {
        door.Module.SetInput(4, true);
        await Patience.Until(() => door.Doorways.Passages.Book.People == 1, "one inside");
    }

    private static async Task RunUntilAsync(Doorstep door, BranchState state)
    {
        await using var again = door.Open();
        using var stopping = new CancellationTokenSource();
        var running = again.Follower.RunAsync(stopping.Token);
        await Patience.Until(() => again.Follower.State == state, "the state");
        await stopping.CancelAsync();
        await running.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    private static Doorstep NewDoorstep(params ActionConfig[] actions) => new(change: config => config with { Actions = actions }) { Branch = WithHours() };

    private static ActionConfig Light(string id, BranchState to, RelayState set) => new() { Id = id, To = to, Device = "io", Output = 3, Set = set };

    // Staffed until 16, self-service until 20, in Helsinki.
    private static BranchPolicy WithHours() => new()
    {
        Id = "FI-Test",
        Consortium = "test",
        Hours = new OpeningHours(
            new Dictionary<IsoDayOfWeek, IReadOnlyList<Period>>
            {
                [IsoDayOfWeek.Tuesday] = [new Period(480, 960, PeriodKind.Staffed), new Period(960, 1200, PeriodKind.SelfService)],
            },
            new Dictionary<LocalDate, IReadOnlyList<Period>>()),
    };

    private string Script(string body)
    {
        var path = _folder.Write("script", $"#!/bin/sh\n{body}\n");
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        return path;
    }
}
