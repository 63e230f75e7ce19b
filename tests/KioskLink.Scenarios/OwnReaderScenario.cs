using KioskLink.Devices.Virtual;
using KioskLink.Protos.Types.V1;
using KioskLink.Testing;

namespace KioskLink.Scenarios;

/// <summary>The demo with a reader that somebody brought: a serial line of its own, 9600 baud, in clear.</summary>
public class OwnReaderScenario
{
    private const int Baud = 9600;

    [Fact]
    public async Task A_card_at_a_reader_of_ones_own_opens_the_demos_door()
    {
        using var folder = new TempFolder();
        var reader = new VirtualReader(address: 0, key: null);
        using var line = new VirtualLine(folder["reader"], Baud, [reader], TimeProvider.System);
        await using var branch = await Branch.OpenAsync(reader: line.Path);
        await Patience.Until(() => reader.ReadyForCards, "the reader shows that it is ready");
        var (before, unlocks) = (await branch.World.JournalEndAsync(), branch.World.Hardware.Leaf.Unlocks);

        reader.PresentCard(Branch.Aino);
        reader.TypeKeys(Branch.AinosPin + "#");

        var record = await branch.World.Journal.FindAsync(before, open => open.Kind == RecordKind.Decision, Patience.Event);
        Assert.Equal((DecisionCode.Granted, Source.Register), (record!.Open.Code, record.Open.Source));
        await Patience.Until(() => branch.World.Hardware.Leaf.Unlocks > unlocks, "the door was unlocked");
        await branch.Actions.SettledAsync();
    }
}
