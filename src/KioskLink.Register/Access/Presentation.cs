using System.Globalization;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using NodaTime;

namespace KioskLink.Register.Access;

/// <summary>What was presented at a door, found in the index.</summary>
/// <param name="Number">The number's blind index; null when nothing readable was presented.</param>
/// <param name="Entry">The card or badge; null for a number that nobody has.</param>
internal sealed record Presentation(BlindIndex? Number, Entry? Entry)
{
    /// <summary>The card; null for badges and unknown numbers.</summary>
    public CardEntry? Card => Entry as CardEntry;

    /// <summary>Opaque reference of the card or badge; empty when there is none.</summary>
    public string Reference => ReferenceOf(Entry);

    /// <summary>Opaque reference of a card or badge; empty when there is none.</summary>
    public static string ReferenceOf(Entry? entry) => entry is null ? "" : $"{entry.Entity.Kind}-{entry.Entity.Id}".ToLowerInvariant();

    /// <summary>Finds what an opaque reference stands for; nobody's number where its card or badge is gone, or where it names none.</summary>
    public static Presentation Of(RegisterCore core, string reference)
    {
        var parts = reference.Split('-', 2);
        Entry? entry = parts switch
        {
            ["card", var id] when long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var card) => core.Index.Card(card),
            ["badge", var id] => core.Index.Badge(id),
            _ => null,
        };
        return new Presentation(default(BlindIndex), entry);
    }

    /// <summary>Reads and finds what a reader sent.</summary>
    public static Presentation Find(RegisterCore core, IReadOnlyList<CardFormat> formats, string raw)
    {
        if (!CardNumber.TryRead(raw, formats, out var number))
        {
            return new Presentation(null, null);
        }

        var key = core.Store.Vault.CardIndex(number);
        return new Presentation(key, core.Index.Find(key));
    }

    /// <summary>What the rules look at.</summary>
    public Rules.Access.Facts FactsFor(BranchPolicy? branch, Instant now) => Entry switch
    {
        _ when Number is null => new UnreadableCard(),
        BadgeEntry badge => badge.Facts,
        CardEntry card => branch is null ? card.Facts : card.FactsAt(branch, OpeningCalendar.DateAt(now)),
        _ => new UnknownCard(),
    };

    /// <summary>The door as the rules look at it.</summary>
    public static DoorSituation Door(BranchPolicy? branch, string doorId, DoorConditions? conditions) => new()
    {
        Branch = branch,
        DoorId = doorId,
        Lockdown = conditions?.Lockdown ?? false,
        StaffPresent = conditions?.StaffPresent ?? false,
        PeopleInside = conditions?.PeopleInside ?? 0,
        AlarmArmed = conditions?.AlarmArmed ?? false,
        AlreadyInside = conditions?.AlreadyInside ?? false,
    };
}
