using System.Threading.Channels;
using KioskLink.Node.Deciding;
using KioskLink.Node.Passages;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Entrances;

/// <summary>Takes one presentation of an entrance at a time: decides, unlocks, shows, records the outcome (DESIGN 3, steps 3 to 7).</summary>
internal sealed class EntranceLoop(ChannelReader<Presentation> presentations, EntranceWork work, FeedbackPanel panel)
{
    /// <summary>Runs until stopped. A presentation that is being dealt with is finished first: its decision may be durable already.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        await foreach (var presentation in presentations.ReadAllAsync(stopping))
            await ServeAsync(presentation);
    }

    // The decider wipes the PIN: it may be at work on it still when the register's answer stands.
    private async Task ServeAsync(Presentation presentation)
    {
        // 3 taken by the entrance; 4 to 6 are the decider's
        work.Reached(presentation, 3, null);
        var decided = await work.Decide(presentation);
        // 7 unlock, show, record what became of it
        var passing = decided.MayUnlock ? await work.Unlock(presentation, decided) : new Passing(Outcome.NotMoved);
        panel.Tell(Answer(decided, passing));
        work.Reached(presentation, 7, decided);
        await work.Record(OutcomeOf(presentation, passing.Outcome));
    }

    private Decided Answer(DecisionRecord decided, Passing passing) => (decided.Decision.Granted, passing) switch
    {
        (true, { Outcome: Outcome.Unlocked }) => new Decided(true, decided.Decision.UnlockFor.ToTimeSpan(), decided.Message),
        (true, { Why: Withheld.OtherDoor }) => new Decided(false, TimeSpan.Zero, panel.Prompts.OtherDoor),
        (true, { Why: Withheld.CheckedIn }) => new Decided(true, FeedbackPlan.NotTakenFor, panel.Prompts.Seen),
        (true, { Outcome: Outcome.NotMoved }) => new Decided(false, TimeSpan.Zero, panel.Prompts.OutOfService),
        (true, _) => new Decided(false, TimeSpan.Zero, panel.Prompts.DoorFault),
        _ => new Decided(false, TimeSpan.Zero, decided.Message),
    };

    private static RecordOpen OutcomeOf(Presentation presentation, Outcome outcome) => new()
    {
        Kind = RecordKind.Outcome,
        AttemptId = presentation.AttemptId,
        DoorId = presentation.DoorId,
        DeviceId = presentation.DeviceId,
        Outcome = outcome,
    };
}
