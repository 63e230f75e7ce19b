using NodaTime;

namespace KioskLink.Node.Replica;

/// <summary>Where a replica stands. Immutable.</summary>
/// <param name="Epoch">The register's epoch; empty before the first complete snapshot.</param>
/// <param name="Version">Complete up to this version.</param>
/// <param name="Generation">The last snapshot that was begun.</param>
/// <param name="KeyId">Which node key the tokens were made with; empty when none.</param>
/// <param name="AsOf">Up to when the facts are known to be complete; null when never.</param>
internal sealed record ReplicaMark(string Epoch, long Version, int Generation, byte[] KeyId, Instant? AsOf)
{
    /// <summary>Nothing is held.</summary>
    public static ReplicaMark Empty { get; } = new("", 0, 0, [], null);

    /// <summary>Whether a snapshot was ever completed.</summary>
    public bool IsComplete => Epoch.Length > 0;
}
