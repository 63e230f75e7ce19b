using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.Circulation;

/// <summary>Charges fees and books payments: what is left of a fee is what was charged less what was paid.</summary>
internal static class Ledger
{
    /// <summary>A fee for a return after the last day.</summary>
    public const string Late = "late";

    /// <summary>A fee for the loan itself.</summary>
    public const string Loan = "other";

    /// <summary>Charges a patron; nothing is charged for nothing. Returns the fee's id; empty where there is none.</summary>
    public static string Charge(WriteScope scope, long patronId, string kind, LoanRow loan, long cents, long atMs)
    {
        if (cents == 0)
        {
            return "";
        }

        var id = $"{kind}-{Guid.NewGuid():N}";
        Rows.Add(scope, new FeeRow
        {
            Consortium = scope.Consortium,
            FeeId = id,
            PatronId = patronId,
            Kind = kind,
            ItemId = loan.ItemId,
            LoanId = loan.LoanId,
            Cents = cents,
            ChargedCents = cents,
            ChargedAt = atMs,
            UpdatedAt = scope.NowMs,
        });
        Tell(scope, patronId);
        return id;
    }

    /// <summary>Takes back the unpaid fees of a loan, since what they were charged for did not happen.</summary>
    public static void Forgive(WriteScope scope, long patronId, string loanId, string kind)
    {
        var fees = scope.Db.Set<FeeRow>().Where(row => row.PatronId == patronId && row.LoanId == loanId && row.Kind == kind && row.SettledAt == null && row.Cents == row.ChargedCents).ToList();
        fees.ForEach(fee => Rows.Remove(scope, fee));
        Tell(scope, patronId);
    }

    /// <summary>The unpaid fees of a patron, oldest first.</summary>
    public static List<FeeRow> Unpaid(RegisterDb db, long patronId) =>
        [.. db.Set<FeeRow>().Where(row => row.PatronId == patronId && row.SettledAt == null).OrderBy(row => row.ChargedAt).ThenBy(row => row.FeeId)];

    /// <summary>Pays of a fee; the payment's other columns are filled by the caller.</summary>
    public static void Pay(WriteScope scope, FeeRow fee, PaymentRow payment)
    {
        Rows.Add(scope, payment);
        fee.Cents -= payment.Cents;
        (fee.SettledAt, fee.UpdatedAt) = (fee.Cents == 0 ? scope.NowMs : null, scope.NowMs);
        Rows.Change(scope, fee);
    }

    /// <summary>Tells doors what a patron owes, where that has changed.</summary>
    public static void Tell(WriteScope scope, long patronId) => Debts.TellFees(scope, scope.Db.Set<PatronRow>().Single(row => row.PatronId == patronId));
}
