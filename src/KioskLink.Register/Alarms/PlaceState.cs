using System.Collections.Immutable;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>Where faults are: a node, a branch, or with both empty the register itself.</summary>
/// <param name="BranchId">The branch.</param>
/// <param name="NodeId">The node.</param>
internal readonly record struct AlarmPlace(string BranchId, string NodeId)
{
    /// <summary>The register itself.</summary>
    public static readonly AlarmPlace Register = new("", "");
}

/// <summary>Messages about new faults within a window.</summary>
/// <param name="Since">When the window began.</param>
/// <param name="Sent">Messages in it.</param>
/// <param name="Held">Faults of which nothing was sent.</param>
internal sealed record MessageBudget(Instant Since, int Sent, int Held)
{
    /// <summary>Before any message.</summary>
    public static readonly MessageBudget Fresh = new(Instant.FromUnixTimeTicks(0), 0, 0);

    /// <summary>The budget as it is now.</summary>
    public MessageBudget At(Instant now) => now - Since >= AlarmLimits.MessagesWindow ? new MessageBudget(now, 0, 0) : this;
}

/// <summary>The faults of one place that stand or may still return. Immutable.</summary>
/// <param name="Faults">By id.</param>
/// <param name="Budget">How much was told.</param>
internal sealed record PlaceState(ImmutableSortedDictionary<string, Fault> Faults, MessageBudget Budget)
{
    /// <summary>Nothing is wrong.</summary>
    public static readonly PlaceState Quiet = new(ImmutableSortedDictionary.Create<string, Fault>(StringComparer.Ordinal), MessageBudget.Fresh);

    /// <summary>The state with a fault as it is now.</summary>
    public PlaceState With(Fault fault) => this with { Faults = Faults.SetItem(fault.Id, fault) };

    /// <summary>The faults, those on which others may hang first.</summary>
    public IReadOnlyList<Fault> RootsFirst() =>
        [.. Faults.Values.OrderBy(fault => fault.Kind switch { Rules.Alarms.AlarmKind.NodeSilent => 0, Rules.Alarms.AlarmKind.PortLost => 1, _ => 2 }).ThenBy(fault => fault.AnnounceAt)];
}
