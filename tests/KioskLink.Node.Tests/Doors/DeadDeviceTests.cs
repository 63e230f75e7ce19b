using KioskLink.Node.Doors;
using KioskLink.Node.Hosting.Wiring;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;
using KioskLink.Testing;

namespace KioskLink.Node.Tests.Doors;

/// <summary>A door whose contact hangs on a device that dies, over a real pty: what it told last counts no longer.</summary>
public sealed class DeadDeviceTests
{
    [Fact]
    public async Task A_contact_of_a_device_that_dies_tells_nothing_and_is_asked_anew_when_the_device_is_back()
    {
        await using var door = await ClosedAsync();

        door.Module.PowerOff();

        Assert.Equal("its contact tells nothing: its line is cut or shorted, or its device does not answer", (await DoorRecordAsync(door)).Detail);
        Assert.False(door.Doorways.Doors["front"].Standing.IsClosed);
        door.Module.PowerOn();
        Assert.Equal("its contact tells again", (await DoorRecordAsync(door)).Detail);
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");
    }

    [Fact]
    public async Task A_door_that_was_opened_while_its_device_was_dead_is_open_and_no_break_in_when_the_device_is_back()
    {
        await using var door = await ClosedAsync();
        door.Module.PowerOff();
        await DoorRecordAsync(door);

        door.Module.SetInput(0, true);
        door.Module.PowerOn();

        Assert.Equal("its contact tells again", (await DoorRecordAsync(door)).Detail);
        Assert.Equal("opened", (await DoorRecordAsync(door)).Detail);
        Assert.Equal(DoorPhase.Open, door.Doorways.Doors["front"].Phase);
    }

    [Fact]
    public async Task A_contact_whose_adapter_is_pulled_tells_nothing_until_the_plug_is_back()
    {
        await using var door = await ClosedAsync();

        door.Line.Unplug();

        Assert.StartsWith("its contact tells nothing", (await DoorRecordAsync(door)).Detail, StringComparison.Ordinal);
        door.Line.Replug();
        Assert.Equal("its contact tells again", (await DoorRecordAsync(door)).Detail);
    }

    [Fact]
    public void A_device_that_dies_ends_the_exits_that_it_held_and_says_nothing_of_fire_and_counters()
    {
        Assert.Equal(new ContactLost(), MeaningOfSilence(InputConfig.ContactRole));
        Assert.Equal(new ExitEnded("io/1"), MeaningOfSilence(InputConfig.ExitRole));
        Assert.Equal(new ExitEnded("io/1"), MeaningOfSilence(InputConfig.GlassRole));
        Assert.Null(MeaningOfSilence("fire"));
        Assert.Null(MeaningOfSilence(InputConfig.CounterInRole));
    }

    private static DoorInput? MeaningOfSilence(string role) => DoorWiring.MeaningOfSilence(new InputConfig { Role = role, Device = "io", Input = 1 });

    private static Task<RecordOpen> DoorRecordAsync(Doorstep door) => door.Journal.NextWhere(record => record.Kind == RecordKind.Door, "a record of the door");

    private static async Task<Doorstep> ClosedAsync()
    {
        var door = new Doorstep();
        await door.StartAsync();
        await Patience.Until(() => door.Doorways.Doors["front"].Standing.IsClosed, "the closed door");
        return door;
    }
}
