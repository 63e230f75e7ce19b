namespace KioskLink.Devices.Readers;

/// <summary>One reading of a card. Its text form shows no digit.</summary>
/// <param name="number">The card number as text, or null where the bits or characters are none by the reader's profile.</param>
/// <param name="size">How much was read.</param>
/// <param name="unit">What <paramref name="size"/> counts.</param>
public sealed class CardScan(string? number, int size, string unit)
{
    /// <summary>The longest number taken; a longer one is unreadable.</summary>
    public const int MostCharacters = 64;

    /// <summary>The card number, not yet normalised; null: the card is unreadable.</summary>
    public string? Number { get; } = number;

    /// <inheritdoc />
    public override string ToString() => Number is null ? $"unreadable card ({size} {unit})" : $"card ({size} {unit})";
}
