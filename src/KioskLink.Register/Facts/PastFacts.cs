using Grpc.Core;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Facts;

/// <summary>
/// Facts as they were, from the change log: for explaining a decision, and for judging one again that a node made alone.
/// Thread-safe.
/// </summary>
internal sealed class PastFacts(RegisterCore core)
{
    /// <summary>Whether the log reaches back to a time.</summary>
    public bool Reaches(Instant at) => at >= core.Log.Floor.Time;

    /// <summary>Refuses a time to which the log does not reach.</summary>
    /// <exception cref="RpcException">OUT_OF_RANGE.</exception>
    public void RequireReach(Instant at)
    {
        if (!Reaches(at))
        {
            throw Refused.With(
                StatusCode.OutOfRange, "LOG_TOO_SHORT", $"The change log reaches back to {core.Log.Floor.Time}; facts before that are no longer kept.");
        }
    }

    /// <summary>A card's facts for a branch at a time; an unknown card when there was none.</summary>
    public Rules.Access.Facts Card(long cardId, BranchPolicy? branch, Instant at)
    {
        if (Find(EntityId.Card(cardId), at) is not { } stored || core.Index.Card(cardId) is not { } card)
        {
            return new UnknownCard();
        }

        var (facts, born) = StoredFacts.ReadCard(stored);
        var then = card with { Facts = facts, Born = born };
        return branch is null ? facts : then.FactsAt(branch, OpeningCalendar.DateAt(at));
    }

    /// <summary>A badge's facts at a time; an unknown card when there was none.</summary>
    public Rules.Access.Facts Badge(string badgeRef, Instant at) =>
        Find(EntityId.Badge(badgeRef), at) is { } stored ? StoredFacts.ReadBadge(stored) : new UnknownCard();

    /// <summary>A branch's rules at a time; null when there was none.</summary>
    public BranchPolicy? Branch(string branchId, Instant at) =>
        Find(EntityId.Branch(branchId), at) is { } stored ? StoredFacts.ReadBranch(stored) : null;

    /// <summary>The newest version of a time; 0 when there was none.</summary>
    public long Version(Instant at)
    {
        using var db = core.Store.Read();
        var until = at.ToUnixTimeMilliseconds();
        return db.Set<ChangeRow>().Where(row => row.Consortium == core.Store.Consortium && row.CommitTime <= until).Max(row => (long?)row.Version) ?? 0;
    }

    private byte[]? Find(EntityId entity, Instant at)
    {
        using var db = core.Store.Read();
        var until = at.ToUnixTimeMilliseconds();
        return db.Set<ChangeRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.Kind == (int)entity.Kind && row.EntityId == entity.Id
                && row.CommitTime <= until)
            .OrderByDescending(row => row.Version)
            .Select(row => row.Facts)
            .FirstOrDefault();
    }
}
