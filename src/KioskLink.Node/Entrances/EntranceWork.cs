using KioskLink.Node.Deciding;
using KioskLink.Node.Journal;
using KioskLink.Node.Passages;
using KioskLink.Protos.Register.V1;
using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Entrances;

/// <summary>What an entrance needs done elsewhere. Each is called by the entrance's loops only; all are thread-safe.</summary>
internal sealed record EntranceWork
{
    /// <summary>How long a PIN is at this branch.</summary>
    public required Func<PinRules> PinRules { get; init; }

    /// <summary>Whether a PIN is to be asked for what was read. Only badges, which are no patrons, and what is no card at all may differ from other cards.</summary>
    public required Func<string?, bool> AsksPin { get; init; }

    /// <summary>A card was read that needs a PIN: what the decision will wait for may be asked already. Returns at once.</summary>
    public required Action CardRead { get; init; }

    /// <summary>What the door itself knows when this card is presented.</summary>
    public required Func<string?, DoorConditions> Conditions { get; init; }

    /// <summary>Decides and records.</summary>
    public required Func<Presentation, Task<DecisionRecord>> Decide { get; init; }

    /// <summary>Unlocks the door once for a granted and recorded decision, and says what became of it.</summary>
    public required Func<Presentation, DecisionRecord, Task<Passing>> Unlock { get; init; }

    /// <summary>Appends a record to the journal.</summary>
    public required Func<RecordOpen, Task<AppendResult>> Record { get; init; }

    /// <summary>Tells watchers that a presentation has reached a step of DESIGN 3.</summary>
    public required Action<Presentation, int, DecisionRecord?> Reached { get; init; }
}
