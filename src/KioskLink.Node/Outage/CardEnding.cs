namespace KioskLink.Node.Outage;

/// <summary>The end of a card's number, by which staff compares it with the card in its hand. Pure.</summary>
internal static class CardEnding
{
    private const int Shown = 4;

    /// <summary>The last digits of what was typed or read; empty where they would be the whole number.</summary>
    public static string Of(string number)
    {
        var digits = string.Concat(number.Where(char.IsAsciiDigit));
        return digits.Length > Shown ? digits[^Shown..] : "";
    }
}
