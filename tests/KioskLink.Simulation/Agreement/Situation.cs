using KioskLink.Protos.Register.V1;
using KioskLink.Register.Access;
using KioskLink.Rules.Access;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Simulation.Agreement;

/// <summary>One holder at one door: what the register has of them, and on what footing a node that is cut off stands.</summary>
internal sealed record Situation
{
    /// <summary>The branch with the profile's values filled in; null when it is not configured.</summary>
    public required Wire.BranchFacts? Branch { get; init; }

    /// <summary>What was presented, as the register finds it.</summary>
    public required Presentation Presented { get; init; }

    public required string DoorId { get; init; }

    public required DoorConditions Conditions { get; init; }

    public required PinResult Pin { get; init; }

    /// <summary>How the node stands when it decides alone.</summary>
    public required OfflineSituation Footing { get; init; }

    public required Instant Now { get; init; }
}
