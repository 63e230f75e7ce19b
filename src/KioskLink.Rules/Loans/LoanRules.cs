using NodaTime;

namespace KioskLink.Rules.Loans;

/// <summary>What the rules look at in whoever borrows.</summary>
/// <param name="Group">The patron's group.</param>
/// <param name="Loans">Open loans.</param>
/// <param name="Overdue">Those whose last day has passed.</param>
/// <param name="Holds">Holds, in the queue and on the shelf.</param>
/// <param name="FeesCents">Unpaid fees.</param>
/// <param name="Banned">Whether a loan ban or a use ban is in force.</param>
public sealed record BorrowerFacts(string Group, int Loans, int Overdue, int Holds, long FeesCents, bool Banned);

/// <summary>What the rules look at in an item, as seen by whoever borrows.</summary>
/// <param name="Type">Its type.</param>
/// <param name="OnLoan">Whether somebody has it.</param>
/// <param name="OthersFirst">Whether it waits for somebody else, or the queue of its title takes every copy that is there.</param>
/// <param name="Renewals">How often its loan was renewed.</param>
public sealed record ItemFacts(string Type, bool OnLoan, bool OthersFirst, int Renewals);

/// <summary>
/// The rules of circulation. Each question yields everything that speaks against the act, the weightiest first: the first one refuses
/// it, all of them are conflicts where it has happened already. Pure and thread-safe.
/// </summary>
public static class LoanRules
{
    /// <summary>What speaks against lending an item.</summary>
    public static IEnumerable<LoanReason> AgainstLoan(LoanRuleSet rules, BorrowerFacts borrower, ItemFacts item) => Failing(
    [
        (LoanReason.LoanBan, borrower.Banned),
        (LoanReason.GroupNotAllowed, !MayBorrow(rules, borrower.Group, item.Type)),
        (LoanReason.NotForLoan, !rules.TypeOf(item.Type).Lent),
        (LoanReason.ItemOnLoan, item.OnLoan),
        (LoanReason.ItemOnHold, item.OthersFirst),
        (LoanReason.LoanLimit, IsReached(LoanLimit(rules, borrower.Group), borrower.Loans)),
        (LoanReason.OverdueLimit, rules.OverdueLimit > 0 && borrower.Overdue > rules.OverdueLimit),
        (LoanReason.FeesOverLimit, IsReached(rules.FeeLimitCents, borrower.FeesCents)),
    ]);

    /// <summary>What speaks against renewing the borrower's own loan.</summary>
    public static IEnumerable<LoanReason> AgainstRenewal(LoanRuleSet rules, BorrowerFacts borrower, ItemFacts item) => Failing(
    [
        (LoanReason.LoanBan, borrower.Banned),
        (LoanReason.GroupNotAllowed, !MayBorrow(rules, borrower.Group, item.Type)),
        (LoanReason.ItemOnHold, item.OthersFirst),
        (LoanReason.RenewalLimit, item.Renewals >= rules.TypeOf(item.Type).Renewals),
        (LoanReason.FeesOverLimit, IsReached(rules.FeeLimitCents, borrower.FeesCents)),
    ]);

    /// <summary>What speaks against a new hold.</summary>
    /// <param name="rules">The rules.</param>
    /// <param name="borrower">Who wants it.</param>
    /// <param name="type">The type of the copies.</param>
    /// <param name="exists">Whether the patron holds it already.</param>
    public static IEnumerable<LoanReason> AgainstHold(LoanRuleSet rules, BorrowerFacts borrower, string type, bool exists) => Failing(
    [
        (LoanReason.LoanBan, borrower.Banned),
        (LoanReason.GroupNotAllowed, !MayBorrow(rules, borrower.Group, type)),
        (LoanReason.NotForLoan, !rules.TypeOf(type).Lent),
        (LoanReason.HoldExists, exists),
        (LoanReason.HoldLimit, IsReached(HoldLimit(rules, borrower.Group), borrower.Holds)),
        (LoanReason.FeesOverLimit, IsReached(rules.FeeLimitCents, borrower.FeesCents)),
    ]);

    /// <summary>Loans that a group may have; 0 means no limit.</summary>
    public static int LoanLimit(LoanRuleSet rules, string group) => rules.GroupOf(group).LoanLimit ?? rules.LoanLimit;

    /// <summary>Holds that a group may have; 0 means no limit.</summary>
    public static int HoldLimit(LoanRuleSet rules, string group) => rules.GroupOf(group).HoldLimit ?? rules.HoldLimit;

    /// <summary>Days of a loan.</summary>
    public static int Days(LoanRuleSet rules, string group, string type)
    {
        var rule = rules.TypeOf(type);
        return rules.GroupOf(group).Days.TryGetValue(rule.Code, out var own) ? own : rule.Days;
    }

    /// <summary>What a late return costs, cents: so much for each day after the last one, up to the cap.</summary>
    public static long LateFee(LoanRuleSet rules, string group, string type, LocalDate due, LocalDate returned)
    {
        var late = Period.DaysBetween(due, returned);
        if (late <= 0 || !rules.GroupOf(group).LateFees)
        {
            return 0;
        }

        var rule = rules.TypeOf(type);
        var whole = late * rule.FeePerDayCents;
        return rule.FeeCapCents > 0 ? Math.Min(whole, rule.FeeCapCents) : whole;
    }

    private static bool MayBorrow(LoanRuleSet rules, string group, string type)
    {
        var rule = rules.GroupOf(group);
        return rule.Borrows && !rule.WithoutTypes.Contains(rules.TypeOf(type).Code);
    }

    private static bool IsReached(long limit, long value) => limit > 0 && value >= limit;

    private static IEnumerable<LoanReason> Failing((LoanReason Reason, bool Fails)[] rules) => rules.Where(rule => rule.Fails).Select(rule => rule.Reason);
}
