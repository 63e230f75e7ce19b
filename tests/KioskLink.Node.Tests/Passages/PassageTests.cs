using KioskLink.Devices;
using KioskLink.Node.Deciding;
using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Tests.Doors;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Premises;
using KioskLink.Testing;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Passages;

/// <summary>People at doors over a real pty: who is inside, which doors open one at a time, who comes in behind others.</summary>
public sealed class PassageTests
{
    private static readonly Func<Presentation, Task<DecisionRecord>> GrantBadge =
        presentation => Task.FromResult(Doorstep.Decided(presentation, presentation.Conditions.AlreadyInside ? DecisionCode.AlreadyInside : DecisionCode.GrantedBadge));

    [Fact]
    public async Task An_interlocked_door_waits_until_the_other_is_closed_and_says_so()
    {
        await using var door = new Doorstep(change: Airlock) { Decide = GrantBadge };
        await StartAsync(door);
        door.Module.SetInput(2, true);
        await door.Journal.NextWhere(record => record is { DoorId: "inner", Detail: "forced" }, "the open inner door");

        door.Reader.PresentCard(Doorstep.Badge);

        Assert.Equal(Outcome.NotMoved, (await OutcomeAsync(door)).Outcome);
        await Patience.Until(() => door.Reader.Text == "Sulje ensin toinen ovi", "the advice");
        Assert.False(door.Relay.Any);
        door.Module.SetInput(2, false);
        await door.Journal.NextWhere(record => record is { DoorId: "inner", Detail: "closed" }, "the closed inner door");
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal(Outcome.Unlocked, (await OutcomeAsync(door)).Outcome);
    }

    [Fact]
    public async Task An_interlock_yields_to_whoever_leaves()
    {
        await using var door = new Doorstep(change: Airlock) { Decide = GrantBadge };
        await StartAsync(door);
        door.Module.SetInput(3, true);
        await door.Journal.NextWhere(record => record is { DoorId: "inner", Detail: "exit used" }, "the exit button");
        door.Module.SetInput(2, true);
        await door.Journal.NextWhere(record => record is { DoorId: "inner", Detail: "opened" }, "the open inner door");

        door.Reader.PresentCard(Doorstep.Badge);

        Assert.Equal(Outcome.Unlocked, (await OutcomeAsync(door)).Outcome);
    }

    [Fact]
    public async Task A_grant_at_the_outer_door_of_a_lobby_opens_the_inner_one_when_the_outer_is_opened()
    {
        await using var door = new Doorstep(change: WithLobby) { Decide = GrantBadge };
        await StartAsync(door);
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal((0, true), await door.Relay.Next("the outer lock"));
        await OutcomeAsync(door);

        door.Module.SetInput(0, true);

        Assert.StartsWith("lobby:", (await door.Journal.NextWhere(record => record.DoorId == "inner" && record.AttemptId.Length > 0, "the record")).Detail, StringComparison.Ordinal);
        await door.Relay.NextWhere(switched => switched == (1, true), "the inner lock");
    }

    [Fact]
    public async Task An_interlocked_lobby_opens_its_inner_door_when_the_outer_one_is_closed_and_locked()
    {
        await using var door = new Doorstep(change: config => WithLobby(Airlock(config))) { Decide = GrantBadge };
        await StartAsync(door);
        door.Reader.PresentCard(Doorstep.Badge);
        await OutcomeAsync(door);
        door.Module.SetInput(0, true);
        await door.Journal.NextWhere(record => record is { DoorId: "front", Detail: "opened" }, "the open outer door");

        door.Module.SetInput(0, false);

        await door.Relay.NextWhere(switched => switched == (1, true), "the inner lock");
    }

    [Fact]
    public async Task A_card_that_is_inside_is_refused_by_rule_until_it_was_shown_on_the_way_out()
    {
        await using var door = new Doorstep(change: config => Doorstep.WithSecond(config, "front", Side.Out) with { AntiPassback = AntiPassback.Rule }) { Decide = GrantBadge };
        await StartAsync(door);
        await EnterAsync(door);
        await Patience.Until(() => door.Doorways.Passages.Book.People == 1, "one inside");

        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal(Outcome.NotMoved, (await OutcomeAsync(door)).Outcome);

        door.Second.PresentCard(Doorstep.Badge);
        await Patience.Until(() => door.Doorways.Passages.Book.People == 0, "nobody inside");
        await Patience.Until(() => door.Second.Text == "Kiitos, kortti luettu", "the thanks");
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal(Outcome.Unlocked, (await OutcomeAsync(door)).Outcome);
    }

    [Fact]
    public async Task Anti_passback_as_an_event_lets_in_and_is_recorded()
    {
        await using var door = new Doorstep(change: config => Doorstep.WithSecond(config, "front", Side.Out) with { AntiPassback = AntiPassback.Event }) { Decide = GrantBadge };
        await StartAsync(door);
        await EnterAsync(door);
        await Patience.Until(() => door.Doorways.Passages.Book.People == 1, "one inside");

        door.Reader.PresentCard(Doorstep.Badge);

        var record = await door.Journal.NextWhere(record => record.Detail.StartsWith("anti-passback", StringComparison.Ordinal), "the record");
        Assert.Equal(32, record.AttemptId.Length);
    }

    [Fact]
    public async Task The_number_of_people_inside_comes_with_each_presentation_and_outlives_a_restart()
    {
        var inside = new Inbox<int>();
        await using var door = new Doorstep(change: config => Doorstep.WithSecond(config, "front", Side.Out));
        door.Decide = presentation =>
        {
            inside.Post(presentation.Conditions.PeopleInside);
            return GrantBadge(presentation);
        };
        await StartAsync(door);
        await EnterAsync(door);
        await Patience.Until(() => File.Exists(Path.Combine(door.Config.Data, "people-inside")), "the number on disk");
        door.Reader.PresentCard(Doorstep.Badge);

        Assert.Equal((0, 1), (await inside.Next("the first"), await inside.Next("the second")));
        await using var restarted = door.Open();
        Assert.Equal(1, restarted.Passages.Book.People);
    }

    [Fact]
    public async Task More_people_at_the_counter_than_the_door_let_in_are_a_suspicion_with_the_cameras_time()
    {
        await using var door = new Doorstep(change: Doorstep.WithCounter) { Decide = GrantBadge };
        var beam = new Inbox<bool>();
        door.Doorways.Lines.Listen("io", happened =>
        {
            if (happened is InputChanged { Input: 4 } changed)
                beam.Post(changed.Active);
        });
        await StartAsync(door);
        await EnterAsync(door);

        for (var person = 1; person <= 2; person++)
        {
            door.Module.SetInput(4, true);
            await beam.NextWhere(broken => broken, "the broken beam");
            door.Module.SetInput(4, false);
            await beam.NextWhere(broken => !broken, "the free beam");
        }

        await Patience.Until(() => door.Doorways.Passages.Book.People == 2, "two counted inside");

        var record = await door.Journal.NextWhere(record => record.Detail.StartsWith("TAILGATE_SUSPECTED", StringComparison.Ordinal), "the suspicion");
        Assert.Matches("camera from 20[0-9-]+ [0-9:]+ to 20[0-9-]+ [0-9:]+$", record.Detail);
        Assert.StartsWith("Door front: TAILGATE_SUSPECTED", await door.Alarms.NextWhere(text => text.Contains("TAILGATE", StringComparison.Ordinal), "the alarm"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_door_that_stands_open_for_long_after_a_grant_is_a_suspicion()
    {
        await using var door = new Doorstep(change: config => config with { Doors = [config.Doors[0] with { TailgateAfter = TimeSpan.FromMilliseconds(200) }] }) { Decide = GrantBadge };
        await StartAsync(door);

        await EnterAsync(door);

        var record = await door.Journal.NextWhere(record => record.Detail.StartsWith("TAILGATE_SUSPECTED", StringComparison.Ordinal), "the suspicion");
        Assert.Matches("stood open .*camera from 20[0-9-]+ [0-9:]+ to 20[0-9-]+ [0-9:]+$", record.Detail);
    }

    [Theory]
    [InlineData(BranchState.SelfService, 1)]
    [InlineData(BranchState.Suspended, 1)]
    [InlineData(BranchState.Closed, 0)]
    public async Task Staff_that_comes_has_every_card_inside_forgotten_and_the_counters_number_kept_but_for_the_nights(BranchState from, int people)
    {
        await using var door = new Doorstep(change: config => Doorstep.WithSecond(Doorstep.WithCounter(config), "front", Side.Out)) { Decide = GrantBadge };
        await StartAsync(door);
        await EnterAsync(door);
        door.Module.SetInput(4, true);
        await Patience.Until(() => door.Doorways.Passages.Book is { People: 1 } book && book.Holds(Doorstep.Badge), "one inside");

        door.Doorways.Passages.Turn(from, BranchState.Staffed);

        await Patience.Until(() => !door.Doorways.Passages.Book.Holds(Doorstep.Badge), "nobody's card inside");
        Assert.Equal(people, door.Doorways.Passages.Book.People);
    }

    private static NodeConfig Airlock(NodeConfig config) => Doorstep.WithInnerDoor(config) with { Interlocks = [new InterlockConfig { Doors = ["front", "inner"] }] };

    private static NodeConfig WithLobby(NodeConfig config) =>
        (config.Doors.Count > 1 ? config : Doorstep.WithInnerDoor(config)) with { Lobbies = [new LobbyConfig { Outer = "front", Inner = "inner" }] };

    // The doors' contacts are told to be closed before a test begins.
    private static async Task StartAsync(Doorstep door)
    {
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors.Values.All(loop => loop.Standing.IsClosed), "closed doors");
        if (door.Config.Devices.Any(device => device.Id == "second"))
            await Patience.Until(() => door.Second.ReadyForCards, "the second reader");
    }

    private static async Task EnterAsync(Doorstep door)
    {
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal(Outcome.Unlocked, (await OutcomeAsync(door)).Outcome);
        door.Module.SetInput(0, true);
        await door.Journal.NextWhere(record => record is { DoorId: "front", Detail: "opened" }, "the open door");
        if (door.Config.Doors[0].TailgateAfter is null)
            door.Module.SetInput(0, false);
    }

    private static Task<RecordOpen> OutcomeAsync(Doorstep door) => door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome");
}
