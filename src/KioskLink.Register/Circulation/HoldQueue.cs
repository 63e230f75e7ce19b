using KioskLink.Register.Facts;
using KioskLink.Register.Loans;
using KioskLink.Register.Store;
using KioskLink.Rules.Loans;
using NodaTime;

namespace KioskLink.Register.Circulation;

/// <summary>Who waits for what: first come, first served; a copy that comes back is set aside for the first one (R22).</summary>
internal static class HoldQueue
{
    /// <summary>The hold for which a copy is set aside; null for none.</summary>
    public static HoldRow? For(RegisterDb db, ItemRow item) => db.Set<HoldRow>().FirstOrDefault(hold => hold.Consortium == item.Consortium && hold.ItemId == item.ItemId);

    /// <summary>The holds in the queue that a copy can serve, in their order.</summary>
    public static List<HoldRow> Waiting(RegisterDb db, ItemRow item, string today) => InOrder(OfCopy(db, item.Consortium, item.ItemId).Concat(OfTitle(db, item.Consortium, item.TitleId)), today);

    /// <summary>
    /// Whether others come before a patron: the copy is set aside for somebody else, or as many wait before the patron as there are
    /// other copies, so that this one is needed.
    /// </summary>
    public static bool OthersFirst(RegisterDb db, ItemRow item, long patronId, string today)
    {
        if (For(db, item) is { } held)
        {
            return held.PatronId != patronId;
        }

        var before = Waiting(db, item, today).TakeWhile(hold => hold.PatronId != patronId).ToList();
        return before.Count > 0 && (before.Any(hold => hold.CopyId.Length > 0) || before.Count > OtherCopies(db, item));
    }

    /// <summary>Sets a copy aside for a hold: it waits here, or goes to where it is picked up.</summary>
    public static void SetAside(WriteScope scope, HoldRow hold, ItemRow item, string branchId, LocalDate today, LoanRuleSet rules, Rules.Branches.OpeningHours? hours)
    {
        var isHere = hold.BranchId.Length == 0 || hold.BranchId == branchId;
        hold.ItemId = item.ItemId;
        hold.PickUpBy = !isHere ? "" : hold.PickUpBy.Length > 0 ? hold.PickUpBy : ((LocalDate?)LoanDates.After(hours, today, rules.HoldShelfDays)).ToIso();
        hold.UpdatedAt = scope.NowMs;
        Rows.Change(scope, hold);
        item.TransitTo = isHere ? "" : hold.BranchId;
    }

    /// <summary>
    /// Sets a copy that is there aside for who is next: the one for whom it waits already, unless the last day has passed, or the first in
    /// the queue. Null where nobody waits. The item's row is the caller's to write.
    /// </summary>
    public static HoldRow? TakeNext(WriteScope scope, ItemRow item, string branchId, LocalDate today, LoanRuleSet rules, Rules.Branches.OpeningHours? hours)
    {
        var day = ((LocalDate?)today).ToIso();
        var held = For(scope.Db, item);
        if (held is { PickUpBy.Length: > 0 } && string.CompareOrdinal(held.PickUpBy, day) < 0)
        {
            Rows.Remove(scope, held);
            held = null;
        }

        held ??= Waiting(scope.Db, item, day).FirstOrDefault();
        if (held is not null)
        {
            SetAside(scope, held, item, branchId, today, rules, hours);
        }

        return held;
    }

    /// <summary>A hold goes back into the queue, to its old place; its copy is free.</summary>
    public static void PutBack(WriteScope scope, HoldRow hold)
    {
        (hold.ItemId, hold.PickUpBy, hold.UpdatedAt) = ("", "", scope.NowMs);
        Rows.Change(scope, hold);
    }

    /// <summary>The place of a hold in its queue, the first being 1.</summary>
    public static int PositionOf(RegisterDb db, HoldRow hold, string today)
    {
        var queue = hold.CopyId.Length > 0 ? OfCopy(db, hold.Consortium, hold.CopyId) : OfTitle(db, hold.Consortium, hold.TitleId);
        return 1 + InOrder(queue, today).TakeWhile(other => other.HoldId != hold.HoldId).Count();
    }

    /// <summary>Whether a copy, or another one of its title, is on the shelf.</summary>
    public static bool IsThere(RegisterDb db, ItemRow item) =>
        OtherCopies(db, item) > 0 || (!item.Missing && ItemView.LoanOf(db, item) is null && For(db, item) is null);

    /// <summary>The number that keeps the order of holds of one moment.</summary>
    public static long NextArrival(WriteScope scope) =>
        Sql.Number(scope.Db, "SELECT coalesce(max(arrival), 0) + 1 FROM holds WHERE consortium = $consortium", ("$consortium", scope.Consortium));

    // By one index each; the few rows that come are sorted out here, so that no plan walks along everybody's holds.
    private static IEnumerable<HoldRow> OfCopy(RegisterDb db, string consortium, string itemId) =>
        db.Set<HoldRow>().Where(hold => hold.Consortium == consortium && hold.CopyId == itemId).AsEnumerable();

    private static IEnumerable<HoldRow> OfTitle(RegisterDb db, string consortium, string titleId) => titleId.Length == 0 ? []
        : db.Set<HoldRow>().Where(hold => hold.Consortium == consortium && hold.TitleId == titleId).AsEnumerable().Where(hold => hold.CopyId.Length == 0);

    private static List<HoldRow> InOrder(IEnumerable<HoldRow> holds, string today) =>
    [
        .. holds.Where(hold => hold.ItemId.Length == 0 && hold.PickUpBy.Length == 0 && (hold.ExpiresOn.Length == 0 || string.CompareOrdinal(hold.ExpiresOn, today) >= 0))
            .OrderBy(hold => hold.PlacedAt).ThenBy(hold => hold.Arrival).ThenBy(hold => hold.HoldId, StringComparer.Ordinal),
    ];

    private static long OtherCopies(RegisterDb db, ItemRow item) => item.TitleId.Length == 0 ? 0 : Sql.Number(
        db,
        """
        SELECT count(*) FROM items i WHERE i.consortium = $consortium AND i.title_id = $title AND i.item_id <> $item AND i.missing = 0
          AND NOT EXISTS (SELECT 1 FROM loans l WHERE l.consortium = i.consortium AND l.item_id = i.item_id)
          AND NOT EXISTS (SELECT 1 FROM holds h WHERE h.consortium = i.consortium AND h.item_id = i.item_id AND h.item_id <> '')
        """,
        ("$consortium", item.Consortium), ("$title", item.TitleId), ("$item", item.ItemId));
}
