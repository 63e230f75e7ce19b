using KioskLink.Register.Facts;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Register.Access;

/// <summary>A decision that is to be written. It holds nothing of the request but its ids.</summary>
internal readonly record struct NotedDecision
{
    /// <summary>A visit that is this fresh in memory changes no scope.</summary>
    public static readonly Duration Fresh = Duration.FromDays(1);

    /// <summary>The attempt.</summary>
    public required string AttemptId { get; init; }

    /// <summary>The branch.</summary>
    public required string BranchId { get; init; }

    /// <summary>The node, or the administrator who asked.</summary>
    public required string Caller { get; init; }

    /// <summary>The door.</summary>
    public required string DoorId { get; init; }

    /// <summary>The device at which it was presented.</summary>
    public required string DeviceId { get; init; }

    /// <summary>When the node says that it was presented, in UTC milliseconds.</summary>
    public long? PresentedAt { get; init; }

    /// <summary>What was decided.</summary>
    public required DecisionCode Code { get; init; }

    /// <summary>The answer, serialised.</summary>
    public required byte[] Answer { get; init; }

    /// <summary>What was presented; null for a number that nobody has.</summary>
    public Entry? Presented { get; init; }

    /// <summary>The card that was let in; null when none was.</summary>
    public CardEntry? Granted { get; init; }

    /// <summary>The card that was let in or whose right PIN was typed at a door that stayed shut (R17); null when there was none.</summary>
    public CardEntry? Used { get; init; }

    /// <summary>When it was decided.</summary>
    public required Instant At { get; init; }

    /// <summary>Whether the grant brings the card into the branch's scope, or renews its stay there.</summary>
    public bool ChangesScope =>
        Granted is { } card && !(card.Visits.Count > 0 && card.Visits[0] is { } last && last.BranchId == BranchId && At - last.At < Fresh);
}
