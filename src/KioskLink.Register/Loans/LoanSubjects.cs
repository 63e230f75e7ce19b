using KioskLink.Register.Circulation;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using static KioskLink.Register.Subjects.SubjectPart;

namespace KioskLink.Register.Loans;

/// <summary>A patron's loans, holds, debts, library-bus stops and what is kept of loans that are over.</summary>
internal sealed class LoanSubjects : ISubjectStore
{
    /// <summary>Open loans: the patron has the library's property.</summary>
    public static readonly SubjectHold OpenLoans = new(
        "LOANS_OPEN", "loans have not been returned", "EXISTS (SELECT 1 FROM loans l WHERE l.patron_id = p.patron_id)");

    /// <summary>Unpaid invoices: claims may still be collected (R56).</summary>
    public static readonly SubjectHold OpenInvoices = new(
        "INVOICES_UNPAID", "invoices are unpaid", "EXISTS (SELECT 1 FROM invoices i WHERE i.patron_id = p.patron_id AND i.settled_at IS NULL)");

    /// <inheritdoc/>
    public string Name => "loans";

    /// <inheritdoc/>
    public IReadOnlyList<string> Tables => ["loans", "item_history", "loan_history", "holds", "fees", "invoices", "bus_stops"];

    /// <inheritdoc/>
    public IEnumerable<SubjectPart> Export(RegisterDb db, PatronRow patron) => Loans(db, patron.PatronId).Concat(Debts(db, patron.PatronId));

    /// <inheritdoc/>
    public void Erase(WriteScope scope, PatronRow patron)
    {
        var id = patron.PatronId;
        scope.Db.Set<LoanRow>().Where(row => row.PatronId == id).ExecuteDelete();
        scope.Db.Set<LoanHistoryRow>().Where(row => row.PatronId == id).ExecuteDelete();
        scope.Db.Set<HoldRow>().Where(row => row.PatronId == id).ExecuteDelete();
        scope.Db.Set<FeeRow>().Where(row => row.PatronId == id).ExecuteDelete();
        scope.Db.Set<InvoiceRow>().Where(row => row.PatronId == id).ExecuteDelete();
        scope.Db.Set<BusStopRow>().Where(row => row.PatronId == id).ExecuteDelete();
        // The item keeps when it was lent; whose it was nobody knows any more.
        scope.Db.Set<ItemHistoryRow>().Where(row => row.PatronId == id).ExecuteUpdate(set => set.SetProperty(row => row.PatronId, (long?)null));
    }

    private static IEnumerable<SubjectPart> Loans(RegisterDb db, long patronId)
    {
        var titles = (from item in db.Set<ItemRow>()
                      where db.Set<LoanRow>().Any(loan => loan.PatronId == patronId && loan.Consortium == item.Consortium && loan.ItemId == item.ItemId)
                          || db.Set<ItemHistoryRow>().Any(loan => loan.PatronId == patronId && loan.Consortium == item.Consortium && loan.ItemId == item.ItemId)
                      select item).ToDictionary(item => item.ItemId, item => item.Title);
        var open = db.Set<LoanRow>().Where(row => row.PatronId == patronId).OrderBy(row => row.DueOn).ToList();
        var loans = open.Select(row => Of(
            "loan",
            ("id", row.LoanId), ("item", row.ItemId), ("title", titles.GetValueOrDefault(row.ItemId, "")), ("branch", row.BranchId),
            ("loaned", Time(row.LoanedAt)), ("due_on", row.DueOn), ("renewals", $"{row.Renewals}"), ("due_before_renewal", row.RenewedFrom)));
        var past = db.Set<ItemHistoryRow>().Where(row => row.PatronId == patronId).OrderBy(row => row.ReturnedAt).AsEnumerable().Select(row => Of(
            "item that was on loan",
            ("item", row.ItemId), ("title", titles.GetValueOrDefault(row.ItemId, "")), ("loaned", Time(row.LoanedAt)), ("returned", Time(row.ReturnedAt))));
        var history = db.Set<LoanHistoryRow>().Where(row => row.PatronId == patronId).OrderBy(row => row.ReturnedAt).AsEnumerable().Select(row => Of(
            "loan in the history", ("title", row.Title), ("loaned", Time(row.LoanedAt)), ("returned", Time(row.ReturnedAt))));
        var holds = db.Set<HoldRow>().Where(row => row.PatronId == patronId).OrderBy(row => row.PlacedAt).AsEnumerable().Select(row => new SubjectPart("hold", Hold(row)));
        // They come back when the loan is undone, and so are kept until it is returned.
        var ended = from loan in open
                    from hold in FulfilledHolds.Of(loan)
                    select new SubjectPart("hold that ended with a loan", [.. Hold(hold), new SubjectValue("loan", loan.LoanId)]);
        return loans.Concat(past).Concat(history).Concat(holds).Concat(ended);
    }

    private static IReadOnlyList<SubjectValue> Hold(HoldRow row) => Of(
        "hold",
        ("id", row.HoldId), ("title", row.Title), ("branch", row.BranchId), ("placed", Time(row.PlacedAt)), ("pick_up_by", row.PickUpBy), ("expires_on", row.ExpiresOn),
        ("item", row.ItemId), ("only_copy", row.CopyId)).Values;

    private static IEnumerable<SubjectPart> Debts(RegisterDb db, long patronId)
    {
        var fees = db.Set<FeeRow>().Where(row => row.PatronId == patronId).OrderBy(row => row.ChargedAt).AsEnumerable().Select(row => Of(
            "fee",
            ("id", row.FeeId), ("kind", row.Kind), ("item", row.ItemId), ("cents", $"{row.Cents}"), ("charged_cents", $"{row.ChargedCents}"), ("loan", row.LoanId), ("charged", Time(row.ChargedAt)),
            ("settled", Time(row.SettledAt)), ("note", row.Note)));
        var invoices = db.Set<InvoiceRow>().Where(row => row.PatronId == patronId).OrderBy(row => row.InvoicedOn).AsEnumerable().Select(row => Of(
            "invoice",
            ("id", row.InvoiceId), ("number", row.Number), ("cents", $"{row.Cents}"), ("invoiced_on", row.InvoicedOn), ("due_on", row.DueOn),
            ("items", row.ItemIds.Replace('\n', ' ')), ("settled", Time(row.SettledAt))));
        var stops = db.Set<BusStopRow>().Where(row => row.PatronId == patronId).OrderBy(row => row.Stop).AsEnumerable().Select(row => Of(
            "library-bus stop", ("stop", row.Stop), ("last_used_on", row.LastUsedOn)));
        return fees.Concat(invoices).Concat(stops);
    }
}
