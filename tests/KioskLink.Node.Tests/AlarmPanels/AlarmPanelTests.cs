using KioskLink.Node.Hosting;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Node.Tests.Doors;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.AlarmPanels;

/// <summary>A burglar alarm on the contacts and relays of the virtual I/O module, on a real pty.</summary>
public sealed class AlarmPanelTests
{
    [Fact]
    public async Task While_it_is_armed_a_presentation_says_so_and_a_badge_that_is_let_in_disarms_it()
    {
        var armed = new Inbox<bool>();
        await using var door = new Doorstep(change: WithPanel);
        door.Decide = presentation =>
        {
            armed.Post(presentation.Conditions.AlarmArmed);
            return Task.FromResult(Doorstep.Decided(presentation, presentation.Card == Doorstep.Badge ? DecisionCode.GrantedBadge : DecisionCode.AlarmArmed));
        };
        await door.StartAsync();
        door.Module.SetInput(4, true);
        await door.Journal.NextWhere(record => record.Detail == "alarm panel: armed", "the armed panel");

        door.Reader.PresentCard(Doorstep.Card);
        door.Reader.TypeKeys("1234");
        Assert.True(await armed.Next("the patron"));
        Assert.Equal(Outcome.NotMoved, (await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the refusal")).Outcome);
        door.Reader.PresentCard(Doorstep.Badge);

        await door.Relay.NextWhere(switched => switched == (3, true), "the disarming pulse");
        await door.Relay.NextWhere(switched => switched == (3, false), "its end");
    }

    [Fact]
    public async Task It_is_not_armed_while_people_are_counted_inside_and_that_is_an_alarm()
    {
        await using var door = new Doorstep(change: config => Doorstep.WithSecond(WithPanel(config), "front", Side.Out));
        door.Doorways.Passages.Book.Enter("somebody");
        door.ClockTrusted = false;
        await door.StartAsync();

        door.Doorways.Panel.Post(new Rules.Premises.PremisesTurned(Rules.Premises.BranchState.Closed));

        Assert.StartsWith("The alarm was not armed", await door.Alarms.NextWhere(text => text.Contains("armed", StringComparison.Ordinal), "the alarm"), StringComparison.Ordinal);
        Assert.DoesNotContain((2, true), door.Relay.Drain());
    }

    [Fact]
    public async Task It_is_armed_when_the_branch_is_found_closed_at_the_start_and_a_burglary_is_an_alarm()
    {
        await using var door = new Doorstep(change: config => WithPanel(config, armAfter: 5));
        door.Branch = door.Branch with { Hours = new(new Dictionary<NodaTime.IsoDayOfWeek, IReadOnlyList<Rules.Branches.Period>>(), door.Branch.Hours!.Exceptions) };
        await door.StartAsync();

        await door.Relay.NextWhere(switched => switched == (2, true), "the arming pulse");
        door.Module.SetInput(4, true);
        door.Module.SetInput(5, true);

        Assert.StartsWith("The burglar alarm", await door.Alarms.NextWhere(text => text.Contains("burglar", StringComparison.Ordinal), "the alarm"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_fault_of_the_panel_is_an_alarm_of_its_own_until_it_ends()
    {
        await using var door = new Doorstep(change: WithPanel);
        await door.StartAsync();

        door.Module.SetInput(6, true);
        Assert.StartsWith("The alarm panel tells of a fault", await door.Alarms.NextWhere(text => text.Contains("panel", StringComparison.Ordinal), "the alarm"), StringComparison.Ordinal);

        door.Module.SetInput(6, false);
        await door.Over.NextWhere(subject => subject == "alarm-panel-fault", "its end");
    }

    private static NodeConfig WithPanel(NodeConfig config) => WithPanel(config, armAfter: 0.5);

    // A module that is not up yet when it is to arm the panel would not do it later.
    private static NodeConfig WithPanel(NodeConfig config, double armAfter) => config with
    {
        AlarmPanel = new AlarmPanelConfig
        {
            Armed = new ContactConfig { Device = "io", Input = 4 },
            Alarm = new ContactConfig { Device = "io", Input = 5 },
            Fault = new ContactConfig { Device = "io", Input = 6 },
            Arm = new PulsedConfig { Device = "io", Output = 2, Pulse = TimeSpan.FromMilliseconds(200) },
            Disarm = new PulsedConfig { Device = "io", Output = 3, Pulse = TimeSpan.FromMilliseconds(200) },
            ArmAfter = TimeSpan.FromSeconds(armAfter),
        },
    };
}
