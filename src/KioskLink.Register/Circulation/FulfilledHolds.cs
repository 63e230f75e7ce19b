using System.Text.Json;
using KioskLink.Register.Loans;
using KioskLink.Register.Store;

namespace KioskLink.Register.Circulation;

/// <summary>The holds that ended since their patron borrowed what was waited for: they are kept with the loan, and come back when it is undone.</summary>
internal static class FulfilledHolds
{
    /// <summary>Holds as a loan's row keeps them; empty for none.</summary>
    public static string Keep(List<HoldRow> holds) => holds.Count == 0 ? "" : JsonSerializer.Serialize(holds.Select(Kept.Of));

    /// <summary>
    /// Brings a loan's holds back to their places in the queue. A copy that was set aside for one is so again, unless it is lent or waits for
    /// somebody else by now.
    /// </summary>
    public static void BringBack(WriteScope scope, LoanRow loan)
    {
        if (loan.Fulfilled.Length == 0)
        {
            return;
        }

        foreach (var kept in JsonSerializer.Deserialize<List<Kept>>(loan.Fulfilled)!)
        {
            Rows.Add(scope, kept.ToRow(scope.Consortium, loan.PatronId, IsFree(scope, kept.ItemId)) with { UpdatedAt = scope.NowMs });
        }
    }

    /// <summary>The holds that ended with a loan, as they were.</summary>
    public static IReadOnlyList<HoldRow> Of(LoanRow loan) => loan.Fulfilled.Length == 0 ? []
        : [.. JsonSerializer.Deserialize<List<Kept>>(loan.Fulfilled)!.Select(kept => kept.ToRow(loan.Consortium, loan.PatronId, isAside: true))];

    private static bool IsFree(WriteScope scope, string itemId) =>
        itemId.Length > 0 && ItemView.Find(scope.Db, scope.Consortium, itemId) is { } item && ItemView.LoanOf(scope.Db, item) is null && HoldQueue.For(scope.Db, item) is null;

    /// <summary>A hold without whose it is: that is the loan's patron.</summary>
    private sealed record Kept(
        string HoldId, string ItemId, string Title, string BranchId, long PlacedAt, string ExpiresOn, string PickUpBy, string TitleId, string CopyId, long Arrival)
    {
        public static Kept Of(HoldRow hold) => new(
            hold.HoldId, hold.ItemId, hold.Title, hold.BranchId, hold.PlacedAt, hold.ExpiresOn, hold.PickUpBy, hold.TitleId, hold.CopyId, hold.Arrival);

        public HoldRow ToRow(string consortium, long patronId, bool isAside) => new()
        {
            Consortium = consortium,
            HoldId = HoldId,
            PatronId = patronId,
            ItemId = isAside ? ItemId : "",
            Title = Title,
            BranchId = BranchId,
            PlacedAt = PlacedAt,
            ExpiresOn = ExpiresOn,
            PickUpBy = isAside ? PickUpBy : "",
            TitleId = TitleId,
            CopyId = CopyId,
            Arrival = Arrival,
        };
    }
}
