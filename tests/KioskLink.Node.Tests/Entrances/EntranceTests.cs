using KioskLink.Devices.Readers;
using KioskLink.Node.Tests.Doors;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Entrances;

/// <summary>One entrance over a real pty: reader, PIN, decision, lock, lights.</summary>
public sealed class EntranceTests
{
    [Fact]
    public async Task Card_and_pin_reach_the_decider_and_its_grant_moves_the_lock()
    {
        await using var door = new Doorstep();
        await door.StartAsync();

        door.Reader.PresentCard(Doorstep.Card);
        await Patience.Until(() => door.Reader.Light == LedColor.Amber && door.Reader.Tones == 1, "amber and one tone");
        await Patience.Until(() => door.Reader.Text == "Anna tunnusluku", "the request for a PIN");
        door.Reader.TypeKeys("1234#");

        Assert.Equal((Doorstep.Card, "1234"), await door.Presented.Next("the presentation"));
        Assert.Equal((0, true), await door.Relay.Next("the lock to unlock"));
        await Patience.Until(() => door.Reader.Light == LedColor.Green && door.Reader.Tones == 2, "green and one more tone");
        await Patience.Until(() => door.Reader.Text == "Tervetuloa", "the welcome");
        Assert.Equal(Outcome.Unlocked, (await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome")).Outcome);
        Assert.Equal((0, false), await door.Relay.Next("the lock to lock again"));
        await Patience.Until(() => door.Reader.Light == LedColor.Blue, "the ready light");
    }

    [Fact]
    public async Task A_refusal_moves_no_lock_and_shows_red_with_three_tones()
    {
        await using var door = new Doorstep { Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.PinWrong, 0)) };
        await door.StartAsync();

        door.Reader.PresentCard(Doorstep.Card);
        door.Reader.TypeKeys("9999");

        Assert.Equal(Outcome.NotMoved, (await door.Journal.NextWhere(record => record.Kind == RecordKind.Outcome, "the outcome")).Outcome);
        await Patience.Until(() => door.Reader.Light == LedColor.Red && door.Reader.Tones == 4, "red and three more tones");
        await Patience.Until(() => door.Reader.Text == "Ei kelpaa", "the refusal");
        Assert.False(door.Relay.Any);
    }

    [Fact]
    public async Task A_node_that_is_not_ready_lends_no_ready_light()
    {
        await using var door = new Doorstep();
        await door.StartAsync();

        door.Doorways.ShowReady(false);

        await Patience.Until(() => !door.Reader.LightIsTemporary && door.Reader.Light == LedColor.Red, "the fallback");
        await Patience.Until(() => door.Reader.Text == "Ei käytössä", "the text of the fallback");
    }

    [Fact]
    public async Task A_reader_that_is_unplugged_while_a_pin_is_typed_leaves_no_digit_behind()
    {
        await using var door = new Doorstep();
        await door.StartAsync();
        var intake = door.Doorways.Entrances[0].Intake;
        door.Reader.PresentCard(Doorstep.Card);
        door.Reader.TypeKeys("12");
        await Patience.Until(() => intake.DigitsHeld == 2, "two digits");

        door.Reader.PowerOff();

        await Patience.Until(() => intake.DigitsHeld == 0, "an empty buffer");
        door.Reader.PowerOn();
        await door.ReadyAsync();
        door.Reader.TypeKeys("34");
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal((Doorstep.Badge, ""), await door.Presented.Next("only the badge"));
    }

    [Fact]
    public async Task What_a_reader_kept_from_before_it_was_polled_is_recorded_and_not_decided()
    {
        await using var door = new Doorstep();
        door.Reader.PresentCard(Doorstep.Card);

        await door.StartAsync();

        var record = await door.Journal.Next("the stale presentation");
        Assert.Equal(RecordKind.StalePresentation, record.Kind);
        Assert.Equal("reader", record.DeviceId);
        Assert.False(door.Presented.Any);
    }

    [Fact]
    public async Task A_badge_is_decided_at_once_without_a_pin_and_the_first_of_staff_in_staffed_hours_marks_its_arrival()
    {
        await using var door = new Doorstep { Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.GrantedBadge)) };
        await door.StartAsync();
        Assert.False(door.Doorways.Staff.IsPresent(door.Now));

        door.Reader.PresentCard(Doorstep.Badge);

        Assert.Equal((Doorstep.Badge, ""), await door.Presented.Next("the badge"));
        await Patience.Until(() => door.Doorways.Staff.IsPresent(door.Now), "staff's arrival");
        Assert.False(door.Doorways.Staff.IsPresent(door.Now + NodaTime.Duration.FromDays(1)));
    }

    [Fact]
    public async Task A_slow_decision_asks_for_patience_and_the_next_patron_is_still_seen()
    {
        var answer = new TaskCompletionSource();
        await using var door = new Doorstep
        {
            Decide = async presentation =>
            {
                await answer.Task;
                return Doorstep.Decided(presentation, DecisionCode.Granted);
            },
        };
        await door.StartAsync();
        door.Reader.PresentCard(Doorstep.Card);
        door.Reader.TypeKeys("1234");
        await Patience.Until(() => door.Reader.Text == "Odota hetki", "the request for patience");

        door.Reader.PresentCard(Doorstep.Badge);
        await Patience.Until(() => door.Reader.Tones == 2, "the tone for the next card");
        answer.SetResult();

        Assert.Equal(Doorstep.Card, (await door.Presented.Next("the first")).Card);
        Assert.Equal(Doorstep.Badge, (await door.Presented.Next("the second")).Card);
    }
}
