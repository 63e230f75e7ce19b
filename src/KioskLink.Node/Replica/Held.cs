using KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Replica;

/// <summary>What an entity is.</summary>
internal enum EntityKind
{
    /// <summary>Gone; kept until the position has passed its end, so that an older state cannot bring it back.</summary>
    Gone = 0,

    /// <summary>A card.</summary>
    Card = 1,

    /// <summary>A badge.</summary>
    Badge = 2,

    /// <summary>The branch.</summary>
    Branch = 3,
}

/// <summary>The state of one entity as it is held: serialised, to keep hundreds of thousands small.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Version">Version of the state.</param>
/// <param name="Generation">The snapshot that last named it.</param>
/// <param name="State">The serialised Entitlement, Badge or BranchFacts.</param>
internal sealed record Held(EntityKind Kind, long Version, int Generation, byte[] State);

/// <summary>What the replica knows of a presented card or badge.</summary>
/// <param name="Facts">The facts for the rules.</param>
/// <param name="Pin">How the PIN is proven; null when it cannot be.</param>
/// <param name="Version">Version of the state; 0 for an unknown card.</param>
internal sealed record Holder(Rules.Access.Facts Facts, PinProof? Pin, long Version);
