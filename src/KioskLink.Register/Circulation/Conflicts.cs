using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;

namespace KioskLink.Register.Circulation;

/// <summary>Conflicts that settle by themselves: the return of a loan that had to end without one is told later.</summary>
internal static class Conflicts
{
    /// <summary>Who settles what settles by itself.</summary>
    public const string Register = "register";

    private const string Note = "The return of the earlier loan was told later.";

    /// <summary>Takes a return of an earlier loan, and charges what was late by it; false where no conflict waits for one.</summary>
    public static bool TellReturn(ActScope act, ItemRow item)
    {
        var open = act.Db.Set<ConflictRow>()
            .Where(row => row.Consortium == act.Consortium && row.ItemId == item.ItemId && row.SettledAt == null && row.EndedLoanId != "")
            .OrderBy(row => row.HappenedAt).ToList();
        foreach (var conflict in open)
        {
            var past = act.Db.Set<ItemHistoryRow>().SingleOrDefault(row => row.Consortium == act.Consortium && row.LoanId == conflict.EndedLoanId);
            if (past is not null && past.LoanedAt <= act.AtMs && act.AtMs <= past.ReturnedAt)
            {
                Settle(act, item, conflict, past);
                return true;
            }
        }

        return false;
    }

    private static void Settle(ActScope act, ItemRow item, ConflictRow conflict, ItemHistoryRow past)
    {
        past.ReturnedAt = act.AtMs;
        Rows.Change(act.Scope, past);
        if (past.PatronId is { } patronId)
        {
            act.Concerns(patronId);
            var loan = new LoanRow { Consortium = act.Consortium, LoanId = past.LoanId, PatronId = patronId, ItemId = item.ItemId, DueOn = past.DueOn, LoanedAt = past.LoanedAt };
            Ledger.Charge(act.Scope, patronId, Ledger.Late, loan, Returning.FeeFor(act, item, loan, act.Today), act.AtMs);
            PatronUse.Note(act.Scope, patronId, act.AtMs);
        }

        (conflict.SettledAt, conflict.SettledBy, conflict.Note) = (act.Scope.NowMs, Register, Note);
        Rows.Change(act.Scope, conflict);
    }
}
