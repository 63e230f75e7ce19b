using KioskLink.Register.Loans;
using KioskLink.Register.Patrons;
using KioskLink.Register.Store;

namespace KioskLink.Register.PatronNotes;

/// <summary>Whether something is unsettled with a patron (R26): then the patron is not deleted for want of use (R57).</summary>
internal static class UnsettledMatters
{
    /// <summary>SQL that is true of a patron <c>p</c> about whom a note says that something is unsettled.</summary>
    public const string NotedCondition = "EXISTS (SELECT 1 FROM patron_notes n WHERE n.patron_id = p.patron_id AND n.unsettled = 1 AND n.settled_at IS NULL)";

    /// <summary>Whether fees or invoices are unpaid, or a note says so.</summary>
    public static bool Any(RegisterDb db, PatronRow patron) => patron.FeesCents > 0
        || Noted(db, [patron.PatronId]).Count > 0
        || db.Set<InvoiceRow>().Any(invoice => invoice.PatronId == patron.PatronId && invoice.SettledAt == null);

    /// <summary>Of these patrons those about whom a note says so.</summary>
    public static HashSet<long> Noted(RegisterDb db, IReadOnlyCollection<long> patronIds) => db.Set<PatronNoteRow>()
        .Where(note => patronIds.Contains(note.PatronId) && note.Unsettled && note.SettledAt == null)
        .Select(note => note.PatronId)
        .ToHashSet();
}
