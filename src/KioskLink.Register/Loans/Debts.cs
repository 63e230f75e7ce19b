using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using Microsoft.EntityFrameworkCore;
using EntityState = Microsoft.EntityFrameworkCore.EntityState;

namespace KioskLink.Register.Loans;

/// <summary>Fees and invoices: what is still to be paid is a fact of the patron that doors and retention look at (R26).</summary>
internal static class Debts
{
    /// <summary>Stores a fee, or that it is settled.</summary>
    public static bool PutFee(WriteScope scope, LoanRecord record, PatronRow patron)
    {
        var before = scope.Db.Set<FeeRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.FeeId == record.Id);
        var settled = record.Done || record.Cents == 0;
        if (before is null && settled)
        {
            return false;
        }

        RequireSame(before?.PatronId, patron);
        var after = before ?? new FeeRow { Consortium = scope.Consortium, FeeId = record.Id, PatronId = patron.PatronId, ChargedAt = LoanRecords.MomentOf(record, scope.Now) };
        after = settled
            ? after with { Cents = 0, SettledAt = before?.SettledAt ?? scope.NowMs }
            : after with { Kind = record.FeeKind, ItemId = record.ItemId, Cents = record.Cents, ChargedCents = ChargedOf(before, record), Note = record.Note, SettledAt = null };
        if (after == before)
        {
            return false;
        }

        after.UpdatedAt = scope.NowMs;
        Put(scope, before is null, after);
        TellFees(scope, patron);
        NotePayment(scope, patron, before?.Cents, after.Cents);
        return true;
    }

    /// <summary>Stores an invoice, or that it is settled.</summary>
    public static bool PutInvoice(WriteScope scope, LoanRecord record, PatronRow patron)
    {
        var before = scope.Db.Set<InvoiceRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.InvoiceId == record.Id);
        if (before is null && record.Done)
        {
            return false;
        }

        RequireSame(before?.PatronId, patron);
        var after = before ?? new InvoiceRow { Consortium = scope.Consortium, InvoiceId = record.Id, PatronId = patron.PatronId };
        after = record.Done
            ? after with { SettledAt = before?.SettledAt ?? scope.NowMs }
            : after with
            {
                Number = record.Number,
                Cents = record.Cents,
                InvoicedOn = record.On.Length > 0 ? record.On : before?.InvoicedOn ?? ((NodaTime.LocalDate?)OpeningCalendar.DateAt(scope.Now)).ToIso(),
                DueOn = record.DueOn,
                ItemIds = string.Join('\n', record.ItemIds),
                SettledAt = null,
            };
        if (after == before)
        {
            return false;
        }

        after.UpdatedAt = scope.NowMs;
        Put(scope, before is null, after);
        NotePayment(scope, patron, before?.Cents, record.Done ? 0 : after.Cents);
        return true;
    }

    // The library system tells what is left to pay: what was more before was paid or forgiven there.
    private static long ChargedOf(FeeRow? before, LoanRecord record) => before is null ? record.Cents : Math.Max(before.ChargedCents, record.Cents);

    // Who pays uses the library (R57); who is charged need not.
    private static void NotePayment(WriteScope scope, PatronRow patron, long? owed, long owes)
    {
        if (owes < owed)
        {
            PatronUse.Note(scope, patron.PatronId, scope.NowMs);
        }
    }

    private static void RequireSame(long? owner, PatronRow patron)
    {
        if (owner is { } known && known != patron.PatronId)
        {
            throw new RecordProblem("customer_id", "is not who owes it: a debt stays with its patron");
        }
    }

    private static void Put<T>(WriteScope scope, bool isNew, T row)
        where T : class
    {
        scope.Db.Entry(row).State = isNew ? EntityState.Added : EntityState.Modified;
        scope.Db.SaveChanges();
        scope.Db.Entry(row).State = EntityState.Detached;
    }

    /// <summary>Tells doors what a patron owes, where that has changed.</summary>
    public static void TellFees(WriteScope scope, PatronRow patron)
    {
        var open = scope.Db.Set<FeeRow>().Where(row => row.PatronId == patron.PatronId && row.SettledAt == null).Sum(row => row.Cents);
        if (open == patron.FeesCents)
        {
            return;
        }

        scope.Db.Set<PatronRow>().Where(row => row.PatronId == patron.PatronId).ExecuteUpdate(set => set.SetProperty(row => row.FeesCents, open));
        PatronWriter.TouchCards(scope, patron.PatronId, priority: false);
    }
}
