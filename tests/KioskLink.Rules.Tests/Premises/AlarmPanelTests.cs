using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Rules.Tests.Premises;

public class AlarmPanelTests
{
    private static readonly Instant Start = Instant.FromUtc(2026, 11, 21, 18, 0);

    private AlarmPanel _panel = new(Duration.FromMinutes(15));
    private Instant _now = Start;

    [Fact]
    public void It_is_armed_its_time_after_closing_and_waits_for_the_panel_to_say_so()
    {
        Assert.Empty(Take(new PremisesTurned(BranchState.Closed)));
        Assert.Empty(After(14 * 60));
        Assert.Equal([PanelEffect.Arm], After(60));
        Assert.Equal([PanelEffect.TellArmed], Take(new ArmedChanged(true)));
        Assert.Null(_panel.NextDue);
        Assert.True(_panel.IsArmed);
    }

    [Fact]
    public void It_is_never_armed_while_people_are_counted_inside_and_told_once()
    {
        Take(new PremisesTurned(BranchState.Closed));
        Assert.Equal([PanelEffect.TellRefused], After(15 * 60, people: 2));
        Assert.Empty(After(30, people: 1));
        Assert.Equal([PanelEffect.Arm], After(30, people: 0));
    }

    [Fact]
    public void A_panel_that_does_not_arm_is_told()
    {
        Take(new PremisesTurned(BranchState.Closed));
        After(15 * 60);
        Assert.Equal([PanelEffect.TellNotArmed], After(60));
        Assert.Null(_panel.NextDue);
    }

    [Theory]
    [InlineData(BranchState.Staffed, true)]
    [InlineData(BranchState.SelfService, true)]
    [InlineData(BranchState.Suspended, false)]
    public void An_opening_disarms_it(BranchState to, bool disarms)
    {
        Armed();
        Assert.Equal(disarms ? [PanelEffect.Disarm] : [], Take(new PremisesTurned(to)));
    }

    [Fact]
    public void A_burglary_is_left_to_people_by_the_opening_and_not_by_a_badge()
    {
        Armed();
        Assert.Equal([PanelEffect.TellBurglary], Take(new BurglaryChanged(true)));
        Assert.Empty(Take(new PremisesTurned(BranchState.Staffed)));
        Assert.Equal([PanelEffect.Disarm], Take(new BadgeLetIn()));
    }

    [Fact]
    public void A_badge_after_closing_disarms_it_and_it_is_armed_anew()
    {
        Take(new PremisesTurned(BranchState.Closed));
        After(15 * 60);
        Take(new ArmedChanged(true));
        Assert.Equal([PanelEffect.Disarm], Take(new BadgeLetIn()));
        Assert.Equal([PanelEffect.TellDisarmed], Take(new ArmedChanged(false)));
        Assert.Equal([PanelEffect.Arm], After(15 * 60));
    }

    [Fact]
    public void A_badge_between_the_order_to_arm_and_the_answer_disarms_it_once_it_is_armed()
    {
        Take(new PremisesTurned(BranchState.Closed));
        Assert.Equal([PanelEffect.Arm], After(15 * 60));
        Assert.Empty(Take(new BadgeLetIn()));
        Assert.Equal([PanelEffect.TellArmed, PanelEffect.Disarm], Take(new ArmedChanged(true)));
        Assert.Equal([PanelEffect.TellDisarmed], Take(new ArmedChanged(false)));
        Assert.Equal([PanelEffect.Arm], After(15 * 60));
        Assert.Equal([PanelEffect.TellArmed], Take(new ArmedChanged(true)));
    }

    [Fact]
    public void An_opening_between_the_order_to_arm_and_the_answer_disarms_it_once_it_is_armed()
    {
        Take(new PremisesTurned(BranchState.Closed));
        After(15 * 60);
        Assert.Empty(Take(new PremisesTurned(BranchState.SelfService)));
        Assert.Equal([PanelEffect.TellArmed, PanelEffect.Disarm], Take(new ArmedChanged(true)));
    }

    [Fact]
    public void A_panel_that_does_not_disarm_is_told()
    {
        Armed();
        Take(new PremisesTurned(BranchState.Staffed));
        Assert.Equal([PanelEffect.TellNotDisarmed], After(60));
    }

    [Fact]
    public void An_opening_before_the_arming_calls_it_off()
    {
        Take(new PremisesTurned(BranchState.Closed));
        Take(new PremisesTurned(BranchState.SelfService));
        Assert.Empty(After(15 * 60));
    }

    [Fact]
    public void An_opening_ends_the_wait_for_those_who_were_counted_inside_and_tells_so()
    {
        Take(new PremisesTurned(BranchState.Closed));
        After(15 * 60, people: 1);
        Assert.Equal([PanelEffect.TellCalledOff], Take(new PremisesTurned(BranchState.SelfService)));
        Assert.Empty(Take(new PremisesTurned(BranchState.Staffed)));
    }

    [Fact]
    public void A_fault_and_its_end_are_told_once_each()
    {
        Assert.Equal([PanelEffect.TellFault], Take(new FaultChanged(true)));
        Assert.Empty(Take(new FaultChanged(true)));
        Assert.Equal([PanelEffect.TellFaultEnded], Take(new FaultChanged(false)));
    }

    [Fact]
    public void Where_somebody_else_arms_it_nothing_is_armed()
    {
        _panel = new AlarmPanel(null);
        Take(new PremisesTurned(BranchState.Closed));
        Assert.Null(_panel.NextDue);
    }

    private void Armed()
    {
        Take(new PremisesTurned(BranchState.Closed));
        Take(new ArmedChanged(true));
        After(15 * 60);
    }

    private IReadOnlyList<PanelEffect> Take(PanelInput input, int people = 0)
    {
        (_panel, var effects) = _panel.Step(input, people, _now);
        return effects;
    }

    private IReadOnlyList<PanelEffect> After(int seconds, int people = 0)
    {
        _now += Duration.FromSeconds(seconds);
        return Take(new PanelTick(), people);
    }
}
