using NodaTime;

namespace KioskLink.Register.Facts;

/// <summary>
/// One version of the change log. It says which entity changed; its present facts stand in the <see cref="EntitlementIndex"/>
/// under a version at least as new, since sync carries states and not steps (DESIGN 7).
/// </summary>
/// <param name="Version">The version, counted in commit order without gaps.</param>
/// <param name="CommitTime">When it was committed.</param>
/// <param name="Entity">The entity.</param>
/// <param name="Priority">Whether it goes ahead of bulk: a ban, lock, PIN change, lost card or revocation.</param>
internal sealed record Change(long Version, Instant CommitTime, EntityId Entity, bool Priority);

/// <summary>A position in the change log.</summary>
/// <param name="Epoch">The epoch: a restore or a move makes a new one.</param>
/// <param name="Version">The version within the epoch.</param>
internal sealed record LogPosition(string Epoch, long Version);
