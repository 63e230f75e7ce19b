using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Cards;

/// <summary>Writes PIN verifiers. A PIN change is a priority change (DESIGN 6).</summary>
internal static class PinStore
{
    /// <summary>Gives a card a verifier.</summary>
    public static void Put(WriteScope scope, long cardId, PinVerifier verifier)
    {
        var row = new PinRow
        {
            CardId = cardId,
            Consortium = scope.Consortium,
            Algorithm = verifier.Algorithm,
            Salt = verifier.Salt,
            Sealed = verifier.Sealed,
            KeyId = verifier.KeyId,
            ChangedAt = scope.NowMs,
        };
        var exists = scope.Db.Set<PinRow>().Any(pin => pin.CardId == cardId);
        scope.Db.Entry(row).State = exists ? EntityState.Modified : EntityState.Added;
        scope.Touch(EntityId.Card(cardId), priority: true);
    }
}
