using KioskLink.Rules.Branches;
using KioskLink.Rules.Premises;
using NodaTime;
using static KioskLink.Rules.Tests.Branches.Hours;

namespace KioskLink.Rules.Tests.Premises;

public class BranchStateTests
{
    private static readonly LocalDate Day = new(2026, 12, 1);

    private static readonly BranchPolicy Branch = new()
    {
        Id = "branch",
        Consortium = "test",
        Hours = EveryDay(P("08:00", "10:00", PeriodKind.SelfService), P("10:00", "16:00", PeriodKind.Staffed), P("16:00", "20:00", PeriodKind.SelfService)),
    };

    private static readonly PlannedAction LightsOn = new("lights-on", BranchState.SelfService, BranchState.Closed, Duration.FromMinutes(-10), "lights");
    private static readonly PlannedAction LightsOff = new("lights-off", BranchState.Closed, null, Duration.FromMinutes(15), "lights");
    private static readonly PlannedAction Warning = new("warning", BranchState.Closed, null, Duration.FromMinutes(-10), null);
    private static readonly PlannedAction Welcome = new("welcome", BranchState.SelfService, BranchState.Staffed, Duration.FromMinutes(5), null);
    private static readonly PlannedAction[] Plan = [LightsOn, LightsOff, Warning, Welcome];

    [Theory]
    [InlineData("07:59", BranchState.Closed)]
    [InlineData("08:00", BranchState.SelfService)]
    [InlineData("10:00", BranchState.Staffed)]
    [InlineData("16:00", BranchState.SelfService)]
    [InlineData("20:00", BranchState.Closed)]
    public void The_calendar_says_what_the_branch_is(string time, BranchState state) => Assert.Equal(state, BranchStates.At(Branch, At(Day, time)));

    [Fact]
    public void R87_A_suspension_shuts_an_open_branch_and_leaves_a_closed_one_closed()
    {
        var suspended = Branch with { Suspensions = [new Closure(At(Day, "12:00"), null, "repairs")] };
        Assert.Equal(BranchState.Staffed, BranchStates.At(suspended, At(Day, "11:59")));
        Assert.Equal(BranchState.Suspended, BranchStates.At(suspended, At(Day, "12:00")));
        Assert.Equal(BranchState.Closed, BranchStates.At(suspended, At(Day, "21:00")));
        Assert.Equal(
            [new BranchChange(At(Day, "12:00"), BranchState.Staffed, BranchState.Suspended), new BranchChange(At(Day, "20:00"), BranchState.Suspended, BranchState.Closed)],
            BranchStates.Changes(suspended, At(Day, "11:00"), At(Day, "23:00")));
    }

    [Fact]
    public void Without_hours_nobody_knows_what_the_branch_is()
    {
        Assert.Null(BranchStates.At(null, At(Day, "12:00")));
        Assert.Null(BranchStates.At(Branch with { Hours = null }, At(Day, "12:00")));
        Assert.Empty(BranchStates.Changes(Branch with { Hours = null }, At(Day, "00:00"), At(Day, "23:00")));
    }

    [Fact]
    public void Each_change_of_a_day_is_told_once_and_in_order() => Assert.Equal(
        [BranchState.SelfService, BranchState.Staffed, BranchState.SelfService, BranchState.Closed],
        BranchStates.Changes(Branch, At(Day, "00:00"), At(Day, "23:59")).Select(change => change.To));

    [Theory]
    [InlineData("07:49", "lights-off")]
    [InlineData("07:50", "lights-on")]
    [InlineData("20:14", "lights-on")]
    [InlineData("20:15", "lights-off")]
    public void What_is_set_stands_until_it_is_set_otherwise_whoever_was_away(string time, string standing) =>
        Assert.Equal(standing, ChangePlan.Standing(Plan, Around(time), At(Day, time))["lights"]);

    [Theory]
    [InlineData("19:49", "")]
    [InlineData("19:50", "warning")]
    [InlineData("19:59", "warning")]
    [InlineData("20:00", "")]
    [InlineData("16:04", "")]
    [InlineData("16:05", "welcome")]
    [InlineData("19:40", "welcome")]
    [InlineData("09:00", "")]
    public void What_is_done_once_is_due_until_its_occasion_is_past(string time, string due) =>
        Assert.Equal(due.Length > 0 ? [due] : [], ChangePlan.Due(Plan, Around(time), At(Day, time)).Select(action => action.ActionId).Where(id => id != "welcome" || due == "welcome"));

    [Fact]
    public void A_roll_call_tells_how_many_of_those_inside_did_not_show_their_card()
    {
        var called = new RollCall(At(Day, "16:15")).CheckIn("a").CheckIn("a").CheckIn("b");
        Assert.Equal((2, 3, 0), (called.People, called.Missing(5), called.Missing(1)));
    }

    private static Instant At(LocalDate date, string time) => Branches.Hours.At(date, $"{time}:00");

    private static IReadOnlyList<BranchChange> Around(string time) =>
        BranchStates.Changes(Branch, At(Day, time) - ChangePlan.Past, At(Day, time) + ChangePlan.LongestOffset);
}
