using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;
using DecisionCode = KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Tests.Doors;

/// <summary>A supervised input whose line is cut or shorted, over a real pty.</summary>
public sealed class LineFaultTests
{
    [Fact]
    public async Task A_contact_whose_line_is_cut_is_an_alarm_of_its_own_tells_nothing_and_keeps_no_card_out()
    {
        await using var door = NewDoorstep();
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");

        door.Module.BreakInput(0);

        var alarm = await door.Alarms.NextWhere(text => text.StartsWith("Input 0", StringComparison.Ordinal), "the alarm");
        Assert.StartsWith("Input 0 of device io, the contact of door front: its line is cut or shorted", alarm, StringComparison.Ordinal);
        Assert.StartsWith("its contact tells nothing", (await DoorRecordAsync(door)).Detail, StringComparison.Ordinal);
        door.Reader.PresentCard(Doorstep.Badge);
        Assert.Equal((0, true), await door.Relay.Next("the lock"));

        door.Module.SetInput(0, false);
        await door.Over.NextWhere(subject => subject == "line io 0", "the end of the alarm");
        Assert.Equal("its contact tells again", (await DoorRecordAsync(door)).Detail);
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");
    }

    [Fact]
    public async Task An_exit_button_whose_line_is_cut_is_no_exit_and_an_alarm()
    {
        await using var door = NewDoorstep();
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");

        door.Module.BreakInput(1, state: 3);
        await door.Alarms.NextWhere(text => text.StartsWith("Input 1 of device io, the exit button of door front", StringComparison.Ordinal), "the alarm");
        door.Module.SetInput(0, true);

        Assert.Equal("forced", (await DoorRecordAsync(door)).Detail);
    }

    [Fact]
    public async Task An_input_that_nothing_uses_may_end_anywhere()
    {
        await using var door = NewDoorstep();
        await door.StartAsync();

        door.Module.BreakInput(7);
        door.Module.BreakInput(1);

        Assert.StartsWith("Input 1", await door.Alarms.NextWhere(text => text.StartsWith("Input", StringComparison.Ordinal), "the alarm"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_are_counted_by_their_grants_while_the_contact_tells_nothing()
    {
        await using var door = NewDoorstep(withCount: true);
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");
        door.Module.BreakInput(0);
        await DoorRecordAsync(door);

        door.Reader.PresentCard(Doorstep.Badge);

        await Patience.Until(() => door.Doorways.Passages.Book.People == 1, "one inside");
    }

    private static Task<RecordOpen> DoorRecordAsync(Doorstep door) => door.Journal.NextWhere(record => record.Kind == RecordKind.Door, "a record of the door");

    private static Doorstep NewDoorstep(bool withCount = false) => new(change: config => withCount ? Doorstep.WithSecond(config, "front", Side.Out) : config)
    {
        Decide = presentation => Task.FromResult(Doorstep.Decided(presentation, DecisionCode.GrantedBadge)),
    };
}
