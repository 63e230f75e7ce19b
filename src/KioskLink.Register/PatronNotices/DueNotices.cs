using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.PatronNotices;

/// <summary>A notice that is due.</summary>
/// <param name="CustomerId">Whom it is for.</param>
/// <param name="Content">What it says.</param>
/// <param name="Marks">What it is about.</param>
internal sealed record DueNotice(string CustomerId, NoticeContent Content, IReadOnlyList<string> Marks);

/// <summary>
/// Finds what patrons are to be told of today: holds that wait, loans due soon, loans that are late, invoices; what one patron is to
/// be told of one kind goes into one notice, and what was told is not told again. Thread-safe.
/// </summary>
internal sealed class DueNotices(RegisterCore core)
{
    /// <summary>The notices due on a day.</summary>
    public IReadOnlyList<DueNotice> On(LocalDate today)
    {
        using var db = core.Store.Read();
        var found = PickUps(db, today).Concat(DueSoon(db, today)).Concat(Overdue(db, today)).Concat(Invoices(db)).ToList();
        return [.. found.OrderBy(notice => notice.CustomerId, StringComparer.Ordinal)];
    }

    private IEnumerable<DueNotice> PickUps(RegisterDb db, LocalDate today)
    {
        var from = Iso(today);
        var waiting = db.Set<HoldRow>().Where(row => row.Consortium == core.Store.Consortium && row.PickUpBy != "" && string.Compare(row.PickUpBy, from) >= 0).ToList();
        var fresh = Fresh(db, waiting, row => $"pick-up:{row.HoldId}:{row.PickUpBy}");
        return fresh.GroupBy(pair => (pair.Row.PatronId, pair.Row.BranchId, pair.Row.PickUpBy)).SelectMany(group => Notice(
            db,
            group.Key.PatronId,
            new NoticeContent(
                NoticeKind.PickUp, [.. group.Select(pair => new NoticeItem(pair.Row.Title, null, 0))], BranchName(group.Key.BranchId), group.Key.PickUpBy.ToDate(), "", 0),
            [.. group.Select(pair => pair.Mark)]));
    }

    private IEnumerable<DueNotice> DueSoon(RegisterDb db, LocalDate today)
    {
        if (core.Profile.NoticeRound.DueSoonDays == 0)
        {
            return [];
        }

        var (from, to) = (Iso(today), Iso(today.PlusDays(core.Profile.NoticeRound.DueSoonDays)));
        var loans = db.Set<LoanRow>().Where(row => row.Consortium == core.Store.Consortium && string.Compare(row.DueOn, from) >= 0 && string.Compare(row.DueOn, to) <= 0).ToList();
        return Loans(db, NoticeKind.DueDate, Fresh(db, loans, row => $"{NoticeMarks.Due}:{row.LoanId}:{row.DueOn}"));
    }

    // Of several reminders that are due at once the last one is sent and the others count as sent.
    private IEnumerable<DueNotice> Overdue(RegisterDb db, LocalDate today)
    {
        IReadOnlyList<int> days = core.Profile.NoticeRound.OverdueDays;
        return days.SelectMany((late, at) =>
        {
            var to = Iso(today.PlusDays(-late));
            var from = at + 1 < days.Count ? Iso(today.PlusDays(-days[at + 1])) : "";
            var loans = db.Set<LoanRow>().Where(row => row.Consortium == core.Store.Consortium && string.Compare(row.DueOn, to) <= 0 && string.Compare(row.DueOn, from) > 0).ToList();
            return Loans(db, NoticeKind.Overdue, Fresh(db, loans, row => $"{NoticeMarks.Overdue}:{row.LoanId}:{row.DueOn}:{late}"));
        });
    }

    // Its sum is owed also where nobody has told what it is for.
    private IEnumerable<DueNotice> Invoices(RegisterDb db)
    {
        var open = db.Set<InvoiceRow>().Where(row => row.Consortium == core.Store.Consortium && row.SettledAt == null).ToList();
        foreach (var (row, mark) in Fresh(db, open, row => $"invoice:{row.InvoiceId}"))
        {
            var ids = row.ItemIds.Split('\n', StringSplitOptions.RemoveEmptyEntries);
            var items = db.Set<ItemRow>().Where(item => item.Consortium == core.Store.Consortium && ids.Contains(item.ItemId)).ToList();
            var fees = items.Count == 0 ? 0 : Math.Max(0, row.Cents - items.Sum(item => item.PriceCents));
            var content = new NoticeContent(
                NoticeKind.Invoice, [.. items.Select(item => new NoticeItem(item.Title, null, item.PriceCents))], "", row.DueOn.ToDate(), row.Number,
                fees, row.Cents);
            foreach (var notice in Notice(db, row.PatronId, content, [mark]))
            {
                yield return notice;
            }
        }
    }

    private IEnumerable<DueNotice> Loans(RegisterDb db, NoticeKind kind, IEnumerable<(LoanRow Row, string Mark)> loans) =>
        loans.GroupBy(pair => pair.Row.PatronId).SelectMany(group => Notice(
            db,
            group.Key,
            new NoticeContent(kind, [.. group.OrderBy(pair => pair.Row.DueOn).Select(pair => new NoticeItem(Title(db, pair.Row.ItemId), pair.Row.DueOn.ToDate(), 0))], "", null, "", 0),
            [.. group.Select(pair => pair.Mark)]));

    private static IEnumerable<DueNotice> Notice(RegisterDb db, long patronId, NoticeContent content, IReadOnlyList<string> marks)
    {
        var customer = db.Set<PatronRow>().Where(row => row.PatronId == patronId).Select(row => row.CustomerId).SingleOrDefault();
        return customer is null ? [] : [new DueNotice(customer, content, marks)];
    }

    private IEnumerable<(T Row, string Mark)> Fresh<T>(RegisterDb db, List<T> rows, Func<T, string> mark)
    {
        foreach (var part in rows.Select(row => (Row: row, Mark: mark(row))).Chunk(500))
        {
            var marks = part.Select(pair => pair.Mark).ToList();
            var told = db.Set<NoticeMarkRow>().Where(row => row.Consortium == core.Store.Consortium && marks.Contains(row.Mark)).Select(row => row.Mark).ToHashSet();
            foreach (var pair in part.Where(pair => !told.Contains(pair.Mark)))
            {
                yield return pair;
            }
        }
    }

    private string Title(RegisterDb db, string itemId) =>
        db.Set<ItemRow>().Where(row => row.Consortium == core.Store.Consortium && row.ItemId == itemId).Select(row => row.Title).SingleOrDefault() ?? itemId;

    private string BranchName(string branchId) => core.Index.Branch(branchId)?.Applied.Name is { Length: > 0 } name ? name : branchId;

    private static string Iso(LocalDate day) => ((LocalDate?)day).ToIso();
}
