using KioskLink.Rules.Access;

namespace KioskLink.Simulation.Agreement;

/// <summary>Where a node that is cut off may decide otherwise than the register, and nowhere else (DESIGN 5).</summary>
internal static class Difference
{
    /// <summary>What is wrong; null when both agree or the node has a reason of being cut off.</summary>
    public static string? FindWrong(TwoSides sides, Decision register, Decision node, OfflineSituation footing, bool isBadge)
    {
        var isWrong = sides.IsHeld || node.Code == DecisionCode.CardUnreadable ? register != node && !HasReason(sides, register, node, footing, isBadge)
            : node.Granted || !(register == node || IsOfTheStranger(sides, register, node, footing));
        return isWrong ? $"register {register}, node {node}, footing {footing}, held {sides.IsHeld}" : null;
    }

    private static bool HasReason(TwoSides sides, Decision register, Decision node, OfflineSituation footing, bool isBadge) =>
        !isBadge && node.Code < register.Code && !node.Granted && node.Code switch
        {
            DecisionCode.OfflineRefused => sides.BranchAtNode!.OfflinePolicy != Rules.Branches.OfflinePolicy.Cached,
            DecisionCode.ClockUntrusted => !footing.ClockTrusted,
            DecisionCode.OfflineTooOld => footing.FactsAge > sides.BranchAtNode!.OfflineMaxAge,
            DecisionCode.NodeMisconfigured => footing.FactsAge > sides.BranchAtNode!.HoursMaxAge,
            _ => false,
        };

    // Of a card that a node does not hold it knows nothing: it refuses on its own footing, or as not cached.
    private static bool IsOfTheStranger(TwoSides sides, Decision register, Decision node, OfflineSituation footing) =>
        node.Code == DecisionCode.OfflineNotCached
        || HasReason(sides, register, node, footing, isBadge: false)
        || register.Code == DecisionCode.BadgeRefused;
}
