using KioskLink.Register.Store;

namespace KioskLink.Register.Facts;

/// <summary>The kind of an entity of the change log.</summary>
internal enum EntityKind
{
    /// <summary>A library card with its holder's facts.</summary>
    Card = 1,

    /// <summary>A badge.</summary>
    Badge = 2,

    /// <summary>A branch with its rules.</summary>
    Branch = 3,

    /// <summary>A number that nobody has, with the guesses spent on it. No node is told of it.</summary>
    Number = 4,
}

/// <summary>Names an entity within the register: a card's own number, a badge's reference, a branch's id. Never a card number.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="Id">The id within the kind.</param>
internal readonly record struct EntityId(EntityKind Kind, string Id)
{
    /// <summary>A card by the register's own number for it.</summary>
    public static EntityId Card(long cardId) => new(EntityKind.Card, cardId.ToString(System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>A badge by its reference.</summary>
    public static EntityId Badge(string badgeRef) => new(EntityKind.Badge, badgeRef);

    /// <summary>A branch by its id.</summary>
    public static EntityId Branch(string branchId) => new(EntityKind.Branch, branchId);

    /// <summary>A number that nobody has, by its blind index.</summary>
    public static EntityId Number(BlindIndex number) => new(EntityKind.Number, Convert.ToHexStringLower(number.ToBytes()));
}
