using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Rules.Access;

/// <summary>
/// Proves that a self-service ban is enforced at a door: an invented holder who is banned at the branch is put to the very rules that
/// decide. Devices that did not know their own branch have let banned people in elsewhere, and nobody noticed. Pure and thread-safe.
/// </summary>
public static class BanProof
{
    private static readonly Duration Long = Duration.FromMinutes(1);

    /// <summary>Why the ban would not be enforced; null where it is.</summary>
    /// <param name="branch">The branch as whoever decides knows it; null when it is not configured there.</param>
    /// <param name="doorId">The door.</param>
    /// <param name="branchId">The branch at which the invented holder is banned.</param>
    /// <param name="now">Now.</param>
    public static string? FindProblem(BranchPolicy? branch, string doorId, string branchId, Instant now)
    {
        if (branch is null)
        {
            return "The branch is not configured here, so nobody can tell whom it has banned: apply the branch and look at the node's link.";
        }

        if (branch.Doors.All(door => door.Id != doorId))
        {
            return $"The branch lists no door {doorId}: list it, or correct the wiring.";
        }

        var banned = new CardFacts { Bans = [new BanFact(BanKind.SelfService, now - Long, now + Long, [branchId])] };
        return RuleFails(banned, branch, doorId, now) && !RuleFails(banned with { Bans = [] }, branch, doorId, now)
            ? null
            : $"A person banned from self-service at {branchId} is not refused here, where the branch is {branch.Id}: correct the branch's id.";
    }

    private static bool RuleFails(CardFacts holder, BranchPolicy branch, string doorId, Instant now) =>
        AccessRules.Explain(holder, new DoorSituation { Branch = branch, DoorId = doorId }, PinResult.Right, now).Rules
            .Any(rule => rule.Code == DecisionCode.SelfServiceBan && !rule.Passed);
}
