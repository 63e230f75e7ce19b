using KioskLink.Register.Loans;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;

namespace KioskLink.Register.Circulation;

/// <summary>Undoes one thing that an act did, as if it had never been; not where something was built upon it since.</summary>
internal static class EffectUndoing
{
    /// <summary>Undoes it; false where it cannot be any more, and nothing of it is changed.</summary>
    public static bool Undo(RegisterCore core, WriteScope scope, ActEffect effect) => effect.Kind switch
    {
        EffectKind.Lent => Lent(scope, effect),
        EffectKind.Renewed => Renewed(scope, effect),
        EffectKind.Returned => Returned(scope, effect),
        EffectKind.Held => Held(core, scope, effect),
        EffectKind.Paid => Paid(scope, effect),
        _ => false,
    };

    private static bool Lent(WriteScope scope, ActEffect effect)
    {
        if (LoanOf(scope, effect) is not { Renewals: 0 } loan || !IsUnpaid(scope, effect))
        {
            return false;
        }

        Forgive(scope, effect, loan.PatronId);
        Rows.Remove(scope, loan);
        FulfilledHolds.BringBack(scope, loan);
        return true;
    }

    private static bool Renewed(WriteScope scope, ActEffect effect)
    {
        if (LoanOf(scope, effect) is not { } loan || loan.Renewals != effect.Renewals + 1 || loan.DueOn != effect.DueOn || !IsUnpaid(scope, effect))
        {
            return false;
        }

        Forgive(scope, effect, loan.PatronId);
        (loan.DueOn, loan.RenewedFrom) = (effect.DueBefore, effect.RenewedFrom);
        (loan.Renewals, loan.UpdatedAt) = (effect.Renewals, scope.NowMs);
        Rows.Change(scope, loan);
        return true;
    }

    private static bool Returned(WriteScope scope, ActEffect effect)
    {
        var past = scope.Db.Set<ItemHistoryRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.LoanId == effect.Id);
        var item = ItemView.Find(scope.Db, scope.Consortium, effect.Item);
        if (past?.PatronId is not { } patronId || item is null || ItemView.LoanOf(scope.Db, item) is not null || !IsUnpaid(scope, effect))
        {
            return false;
        }

        Forgive(scope, effect, patronId);
        var loan = Reopening.Reopen(scope, past, item, effect.BranchId);
        (loan.Renewals, loan.RenewedFrom) = (effect.Renewals, effect.RenewedFrom);
        Rows.Change(scope, loan);
        (item.TransitTo, item.UpdatedAt) = ("", scope.NowMs);
        Rows.Change(scope, item);
        return true;
    }

    private static bool Held(RegisterCore core, WriteScope scope, ActEffect effect)
    {
        if (scope.Db.Set<HoldRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.HoldId == effect.Id) is not { } hold)
        {
            return false;
        }

        scope.About([hold.PatronId], ActDesk.FieldsClass);
        Holding.End(scope, core, hold, OpeningCalendar.DateAt(scope.Now));
        return true;
    }

    private static bool Paid(WriteScope scope, ActEffect effect)
    {
        var payments = scope.Db.Set<PaymentRow>().Where(row => row.Consortium == scope.Consortium && row.PaymentId == effect.Id).ToList();
        var paid = payments.Select(payment => payment.FeeId).ToList();
        var fees = scope.Db.Set<FeeRow>().Where(row => row.Consortium == scope.Consortium && paid.Contains(row.FeeId)).ToDictionary(fee => fee.FeeId);
        if (payments.Count == 0 || fees.Count < payments.Count)
        {
            return false;
        }

        foreach (var payment in payments)
        {
            var fee = fees[payment.FeeId];
            (fee.Cents, fee.SettledAt, fee.UpdatedAt) = (fee.Cents + payment.Cents, null, scope.NowMs);
            Rows.Change(scope, fee);
            Rows.Remove(scope, payment);
        }

        scope.About([payments[0].PatronId], ActDesk.FieldsClass);
        Ledger.Tell(scope, payments[0].PatronId);
        return true;
    }

    private static LoanRow? LoanOf(WriteScope scope, ActEffect effect) =>
        scope.Db.Set<LoanRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.LoanId == effect.Id);

    // What the patron has paid of it meanwhile is money that somebody has to give back.
    private static bool IsUnpaid(WriteScope scope, ActEffect effect) => effect.FeeId.Length == 0 || FeeOf(scope, effect) is { SettledAt: null } fee && fee.Cents == fee.ChargedCents;

    private static FeeRow? FeeOf(WriteScope scope, ActEffect effect) =>
        scope.Db.Set<FeeRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.FeeId == effect.FeeId);

    private static void Forgive(WriteScope scope, ActEffect effect, long patronId)
    {
        scope.About([patronId], ActDesk.FieldsClass);
        if (effect.FeeId.Length > 0)
        {
            Rows.Remove(scope, FeeOf(scope, effect)!);
            Ledger.Tell(scope, patronId);
        }
    }
}
