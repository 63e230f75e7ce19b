using KioskLink.Register.Cards;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;

namespace KioskLink.Register.Access;

/// <summary>What counts as a use of a card away from a door: its right PIN, whatever the rules say then (R17).</summary>
internal static class CardUse
{
    /// <summary>Notes the use where the PIN was right.</summary>
    public static async ValueTask NoteAsync(RegisterCore core, CardEntry? card, PinResult? pin)
    {
        if (card is not null && pin == PinResult.Right)
        {
            WriteLane.GoAlone();
            await core.Lane.WriteAsync(scope => CardWriter.NoteUse(scope, card.CardId)).ConfigureAwait(false);
        }
    }

    /// <summary>The same within a unit of work that writes more.</summary>
    public static void Note(WriteScope scope, CardEntry? card, PinResult? pin)
    {
        if (card is not null && pin == PinResult.Right)
        {
            CardWriter.NoteUse(scope, card.CardId);
        }
    }
}
