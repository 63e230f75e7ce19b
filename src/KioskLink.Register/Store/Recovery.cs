using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Store;

/// <summary>What a stop in the middle left undone.</summary>
internal static class Recovery
{
    /// <summary>A guess whose end nobody told before the stop was spent: it is told to the nodes as any wrong one.</summary>
    public static void Run(WriteScope scope)
    {
        foreach (var cardId in scope.Db.Set<CardRow>().Where(card => card.GuessPending).Select(card => card.CardId).ToList())
        {
            scope.Touch(EntityId.Card(cardId), priority: true);
        }

        scope.Db.Set<CardRow>().Where(card => card.GuessPending)
            .ExecuteUpdate(set => set.SetProperty(card => card.GuessPending, false));
    }
}
