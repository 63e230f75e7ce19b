using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Doors;

namespace KioskLink.Node.Doors;

/// <summary>What a door's loop needs done elsewhere. All are thread-safe.</summary>
internal sealed record DoorWork
{
    /// <summary>Unlocks the door's locks for a time; true when all have acknowledged.</summary>
    public required Func<TimeSpan, Task<bool>> Unlock { get; init; }

    /// <summary>Locks the door's locks.</summary>
    public required Func<Task> Lock { get; init; }

    /// <summary>Has an opener (from 0) push the leaf for a time; returns at once, and what becomes of it changes nothing.</summary>
    public Action<int, TimeSpan> Push { get; init; } = (_, _) => { };

    /// <summary>Has every opener stop; returns at once.</summary>
    public Action StopPushing { get; init; } = () => { };

    /// <summary>Hands a record to the journal; returns at once.</summary>
    public required Action<RecordOpen> Record { get; init; }

    /// <summary>Tells those who follow the door what happened; returns at once.</summary>
    public required Action<DoorEvent> Told { get; init; }

    /// <summary>Raises an alarm about the door: subject and sentence; null in place of the sentence clears it.</summary>
    public required Action<string, string?> Alarm { get; init; }
}
