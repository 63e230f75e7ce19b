using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using KioskLink.Rules.Loans;

namespace KioskLink.Register.Circulation;

/// <summary>
/// What a machine is told of a patron: the name and whether they may borrow; counts, limits, fees and lists where the PIN has proven it
/// (R22), and nothing of where the patron lives, is reached or was born (R9). Not thread-safe.
/// </summary>
internal sealed class PatronView(RegisterDb db, ConsortiumProfile profile, PatronRow patron, BorrowerFacts borrower, string today)
{
    /// <summary>Entries of a list that are told at most.</summary>
    public const int EntriesMax = 1000;

    // What stands against any item whatever it is.
    private static readonly ItemFacts AnyItem = new("", OnLoan: false, OthersFirst: false, Renewals: 0);

    private readonly LoanRuleSet _rules = profile.LoanRules;

    /// <summary>The name, and what stands in the way of a loan, a renewal or a hold.</summary>
    public void Fill(GetPatronInformationResponse response)
    {
        var against = LoanRules.AgainstLoan(_rules, borrower, AnyItem).Where(reason => reason != Rules.Loans.LoanReason.NotForLoan).ToList();
        response.BorrowReason = against.Count == 0 ? Protos.Register.V1.LoanReason.Done : (Protos.Register.V1.LoanReason)against[0];
        response.RenewalDenied = LoanRules.AgainstRenewal(_rules, borrower, AnyItem).Any(reason => reason != Rules.Loans.LoanReason.RenewalLimit);
        response.HoldDenied = LoanRules.AgainstHold(_rules, borrower, "", exists: false).Any(reason => reason != Rules.Loans.LoanReason.NotForLoan);
        response.PersonName = $"{patron.Surname} {patron.FirstNames}".Trim();
        (response.Group, response.HomeBranch) = (patron.PatronGroup, profile.PatronFields.HomeUnit ? patron.HomeBranch : "");
    }

    /// <summary>Counts, fees and limits.</summary>
    public void FillLoans(GetPatronInformationResponse response)
    {
        (response.Loans, response.Overdue) = (borrower.Loans, borrower.Overdue);
        response.HoldsReady = Holds.Count(hold => hold.PickUpBy != "");
        response.HoldsWaiting = borrower.Holds - response.HoldsReady;
        response.Fees = db.Set<FeeRow>().Count(fee => fee.PatronId == patron.PatronId && fee.SettledAt == null);
        response.FeesCents = patron.FeesCents + db.Set<InvoiceRow>().Where(row => row.PatronId == patron.PatronId && row.SettledAt == null).Sum(row => row.Cents);
        (response.FeeLimitCents, response.OverdueLimit) = (_rules.FeeLimitCents, _rules.OverdueLimit);
        (response.LoanLimit, response.HoldLimit) = (LoanRules.LoanLimit(_rules, patron.PatronGroup), LoanRules.HoldLimit(_rules, patron.PatronGroup));
    }

    /// <summary>The entries of one list, from the first to the last one asked for; 0 means the ends.</summary>
    public IEnumerable<string> List(PatronListKind kind, int first, int last)
    {
        var start = Math.Max(first, 1);
        var count = Math.Min(last == 0 ? EntriesMax : last - start + 1, EntriesMax);
        return count <= 0 ? [] : Entries(kind).Skip(start - 1).Take(count).AsEnumerable();
    }

    private IQueryable<HoldRow> Holds => db.Set<HoldRow>().Where(hold => hold.PatronId == patron.PatronId);

    private IQueryable<LoanRow> Loans => db.Set<LoanRow>().Where(loan => loan.PatronId == patron.PatronId).OrderBy(loan => loan.DueOn).ThenBy(loan => loan.LoanedAt).ThenBy(loan => loan.ItemId);

    private IEnumerable<string> Entries(PatronListKind kind) => kind switch
    {
        PatronListKind.Loans => Loans.Select(loan => loan.ItemId),
        PatronListKind.Overdue => Loans.Where(loan => string.Compare(loan.DueOn, today) < 0).Select(loan => loan.ItemId),
        PatronListKind.HoldsReady => Holds.Where(hold => hold.PickUpBy != "").OrderBy(hold => hold.PickUpBy).Select(hold => hold.Title),
        PatronListKind.HoldsWaiting => Holds.Where(hold => hold.PickUpBy == "").OrderBy(hold => hold.PlacedAt).Select(hold => hold.Title),
        PatronListKind.Fees => Ledger.Unpaid(db, patron.PatronId).Select(fee => string.Create(CultureInfo.InvariantCulture, $"{fee.Kind} {fee.Cents / 100m:0.00}")),
        _ => [],
    };
}
