using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Facts;

/// <summary>Which entities a branch's nodes hold, and which branches may hold a card's PIN verifier (DESIGN 6). Pure.</summary>
internal static class ReplicaScopes
{
    /// <summary>Whether a node of the branch holds the entity.</summary>
    public static bool Holds(BranchPolicy branch, Entry entry, Instant now) => entry switch
    {
        BranchEntry own => own.Policy.Id == branch.Id,
        BadgeEntry badge => badge.Facts.BranchIds.Count == 0 || badge.Facts.BranchIds.Contains(branch.Id),
        CardEntry card => branch.ReplicaScope switch
        {
            ReplicaScope.Consortium => true,
            ReplicaScope.Branch => card.HomeBranch == branch.Id || Visited(branch, card, now),
            _ => Visited(branch, card, now),
        },
        _ => false,
    };

    /// <summary>
    /// Whether a node of the branch may hold the card's verifier: the branch decides from its replica, and is one of the
    /// <paramref name="offlineHolders"/> branches that come first: those visited last, then the home branch.
    /// </summary>
    public static bool HoldsVerifier(BranchPolicy branch, CardEntry card, int offlineHolders) =>
        branch.OfflinePolicy == OfflinePolicy.Cached
        && card.Visits.Select(visit => visit.BranchId).Append(card.HomeBranch).Distinct().Take(offlineHolders).Contains(branch.Id);

    private static bool Visited(BranchPolicy branch, CardEntry card, Instant now) =>
        card.Visits.Any(visit => visit.BranchId == branch.Id && now - visit.At < branch.VisitedFor);
}
