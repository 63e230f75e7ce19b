using KioskLink.Protos.Register.V1;
using KioskLink.Register.Loans;
using KioskLink.Register.Store;
using KioskLink.Rules.Loans;

namespace KioskLink.Register.Circulation;

/// <summary>An item as machines and staff see it; nothing tells whose loan it is.</summary>
internal static class ItemView
{
    /// <summary>The item of a barcode; null for none.</summary>
    public static ItemRow? Find(RegisterDb db, string consortium, string itemId) => db.Set<ItemRow>().SingleOrDefault(row => row.Consortium == consortium && row.ItemId == itemId);

    /// <summary>The open loan of an item; null for none.</summary>
    public static LoanRow? LoanOf(RegisterDb db, ItemRow item) => db.Set<LoanRow>().SingleOrDefault(row => row.Consortium == item.Consortium && row.ItemId == item.ItemId);

    /// <summary>An item that only an act that has happened tells of: staff fills it in.</summary>
    public static ItemRow Stub(WriteScope scope, string itemId)
    {
        var item = new ItemRow { Consortium = scope.Consortium, ItemId = itemId, UpdatedAt = scope.NowMs };
        Rows.Add(scope, item);
        return item;
    }

    /// <summary>The item on the wire.</summary>
    /// <param name="db">The tables.</param>
    /// <param name="rules">Types and their media.</param>
    /// <param name="item">The item.</param>
    /// <param name="today">The day, ISO 8601.</param>
    public static Item Show(RegisterDb db, LoanRuleSet rules, ItemRow item, string today)
    {
        var (loan, held) = (LoanOf(db, item), HoldQueue.For(db, item));
        var type = rules.TypeOf(item.Type);
        return new Item
        {
            Id = item.ItemId,
            Title = item.Title,
            TitleId = item.TitleId,
            Type = type.Code,
            Owner = item.Owner,
            HomeBranch = item.HomeBranch,
            BranchId = item.BranchId,
            CallNumber = item.CallNumber,
            Collection = item.Collection,
            Status = StatusOf(item, loan, held, type),
            DueOn = loan?.DueOn ?? "",
            Holds = HoldQueue.Waiting(db, item, today).Count,
            PickUpBy = held?.PickUpBy ?? "",
            Media = item.Media.Length > 0 ? item.Media : type.Media,
            Magnetic = item.Magnetic,
            Properties = item.Properties,
        };
    }

    private static ItemStatus StatusOf(ItemRow item, LoanRow? loan, HoldRow? held, ItemTypeRule type) =>
        loan is not null ? ItemStatus.OnLoan
        : item.Missing ? ItemStatus.Missing
        : item.TransitTo.Length > 0 ? ItemStatus.InTransit
        : held is not null ? ItemStatus.OnHoldShelf
        : type.Lent ? ItemStatus.Available
        : ItemStatus.NotForLoan;
}
