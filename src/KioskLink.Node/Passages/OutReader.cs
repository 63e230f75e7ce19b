using System.Threading.Channels;
using KioskLink.Node.Deciding;
using KioskLink.Node.Doors;
using KioskLink.Node.Entrances;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Passages;

/// <summary>A reader on the way out: notes who leaves, decides nothing and moves no lock. Whoever passes it by gets out all the same.</summary>
internal sealed class OutReader(ChannelReader<Presentation> presentations, InsideBook book, DoorwayWork work, FeedbackPanel panel)
{
    private static readonly TimeSpan SeenFor = TimeSpan.FromSeconds(3);

    /// <summary>Runs until stopped.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var presentation in presentations.ReadAllAsync(stopping))
            await ServeAsync(presentation);
    }

    private async Task ServeAsync(Presentation presentation)
    {
        if (work.NameOf(presentation.Card) is not { } who)
        {
            panel.Tell(new NotTaken());
            return;
        }
        book.Leave(who);
        panel.Tell(new Decided(true, SeenFor, panel.Prompts.Seen));
        await work.Record(new RecordOpen { Kind = RecordKind.Door, DoorId = presentation.DoorId, DeviceId = presentation.DeviceId, Detail = "a card was shown on the way out" });
    }
}
