using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Node.BranchChanges;

/// <summary>What following the branch needs of the rest of the node. All are thread-safe.</summary>
internal sealed record BranchWork
{
    /// <summary>The branch with hours that can be relied on, by a clock that can; null otherwise.</summary>
    public required Func<BranchPolicy?> Branch { get; init; }

    /// <summary>The node's time.</summary>
    public required Func<Instant> Now { get; init; }

    /// <summary>Hands a record to the journal; returns at once.</summary>
    public required Action<RecordOpen> Record { get; init; }

    /// <summary>Tells that the branch has become something else; returns at once.</summary>
    public required Action<BranchState, BranchState> Changed { get; init; }

    /// <summary>Tells what the branch is at the start, where nothing has changed meanwhile; returns at once.</summary>
    public required Action<BranchState> Found { get; init; }

    /// <summary>Raises an alarm: subject and sentence; null in place of the sentence clears it.</summary>
    public required Action<string, string?> Alarm { get; init; }
}
