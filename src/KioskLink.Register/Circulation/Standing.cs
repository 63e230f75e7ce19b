using KioskLink.Register.Bans;
using KioskLink.Register.Facts;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Loans;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>How a patron stands before the loan rules, from the rows of a unit of work or a reading.</summary>
internal static class Standing
{
    /// <summary>What the rules look at.</summary>
    /// <param name="db">The tables.</param>
    /// <param name="patron">The patron.</param>
    /// <param name="branchId">The branch, for bans.</param>
    /// <param name="today">The day, ISO 8601.</param>
    /// <param name="times">A ban that is in force at one of them counts: of an act that is told later when it happened, and now.</param>
    public static BorrowerFacts Of(RegisterDb db, PatronRow patron, string branchId, string today, params IReadOnlyList<Instant> times)
    {
        var due = db.Set<LoanRow>().Where(loan => loan.PatronId == patron.PatronId).Select(loan => loan.DueOn).ToList();
        return new BorrowerFacts(
            patron.PatronGroup,
            due.Count,
            due.Count(day => string.CompareOrdinal(day, today) < 0),
            db.Set<HoldRow>().Count(hold => hold.PatronId == patron.PatronId),
            patron.FeesCents,
            IsBanned(db, patron.PatronId, branchId, times));
    }

    // A self-service ban shuts the door and nothing else (R28).
    private static bool IsBanned(RegisterDb db, long patronId, string branchId, IReadOnlyList<Instant> times) => db.Set<BanRow>()
        .Where(ban => ban.PatronId == patronId && ban.LiftedAt == null && (ban.Kind == (int)BanKind.Loan || ban.Kind == (int)BanKind.Use))
        .AsEnumerable()
        .Select(FactsReader.Ban)
        .Any(ban => times.Any(time => ban.IsInForce(branchId, time)));
}
