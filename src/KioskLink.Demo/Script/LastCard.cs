using KioskLink.Demo.World;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Demo.Script;

/// <summary>The card that was presented last, and the decision that belongs to it: the first one after it in the node's journal. Not thread-safe.</summary>
internal sealed class LastCard(DemoWorld world)
{
    /// <summary>How long a decision is waited for that must come: card and PIN were given.</summary>
    private static readonly TimeSpan Due = TimeSpan.FromSeconds(5);

    /// <summary>How long one is waited for that may come: no PIN was typed, and only some cards need none.</summary>
    private static readonly TimeSpan Possible = TimeSpan.FromSeconds(1);

    private long? _journalBefore;
    private TimeSpan _patience;

    /// <summary>A card is about to be presented: whatever the one before it still waits for comes first, or it would be taken for the new card's.</summary>
    public async Task BeginAsync()
    {
        await FinishAsync();
        _journalBefore = await world.JournalEndAsync();
        _patience = Possible;
    }

    /// <summary>A PIN was typed.</summary>
    public void Typed() => _patience = _patience > TimeSpan.Zero ? Due : TimeSpan.Zero;

    /// <summary>The node was killed: what it had not decided yet it never will.</summary>
    public void Forget() => _patience = TimeSpan.Zero;

    /// <summary>Waits until nothing of the card is under way any more. A card whose PIN never came is forgotten at the door and has no decision.</summary>
    public async Task FinishAsync()
    {
        if (_journalBefore is not null && _patience > TimeSpan.Zero)
        {
            await DecisionAsync(_patience);
            _patience = TimeSpan.Zero;
        }
    }

    /// <summary>The card's decision; null when none came in time. At a real reader, whose cards the demo does not see: the next one that was not asked for yet.</summary>
    /// <exception cref="InvalidOperationException">No card was presented yet.</exception>
    public async Task<RecordOpen?> DecisionAsync(TimeSpan timeout)
    {
        var before = _journalBefore ?? throw new InvalidOperationException("no card was presented before this step");
        var decision = await world.Journal.FindAsync(before, open => open.Kind == RecordKind.Decision, timeout);
        if (!world.Hardware.HasReader)
        {
            _journalBefore = decision?.Sequence ?? before;
        }
        return decision?.Open;
    }
}
