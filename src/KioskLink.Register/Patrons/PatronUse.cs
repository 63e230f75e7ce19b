using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Patrons;

/// <summary>
/// When a patron used the library otherwise than by a card that the register saw (R57): the rows that tell of it go by periods of
/// their own, so the last time is kept with the patron.
/// </summary>
internal static class PatronUse
{
    /// <summary>Notes a use; an earlier one than is known changes nothing, and no door needs to know.</summary>
    /// <param name="scope">The unit of work; the patron's row is not changed otherwise after this.</param>
    /// <param name="patronId">The patron.</param>
    /// <param name="atMs">When, UTC milliseconds.</param>
    public static void Note(WriteScope scope, long patronId, long atMs) => scope.Db.Set<PatronRow>()
        .Where(row => row.PatronId == patronId && (row.LastUsedAt == null || row.LastUsedAt < atMs))
        .ExecuteUpdate(set => set.SetProperty(row => row.LastUsedAt, atMs));
}
