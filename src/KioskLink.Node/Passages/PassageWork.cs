using KioskLink.Node.Journal;
using KioskLink.Protos.Types.V1;
using NodaTime;

namespace KioskLink.Node.Passages;

/// <summary>What the passages need of the rest of the node. All are thread-safe.</summary>
internal sealed record PassageWork
{
    /// <summary>The node's time.</summary>
    public required Func<Instant> Now { get; init; }

    /// <summary>Appends a record to the journal.</summary>
    public required Func<RecordOpen, Task<AppendResult>> Record { get; init; }

    /// <summary>Whether the branch opens doors of which no record can be written.</summary>
    public required Func<bool> OpensUnrecorded { get; init; }

    /// <summary>Raises an alarm: subject and sentence; null in place of the sentence clears it.</summary>
    public required Action<string, string?> Alarm { get; init; }
}
