namespace KioskLink.Devices.Readers;

/// <summary>A card number that stands in a trace for every real one: 2, zeros, and the check digit (modulo 10) that makes it valid.</summary>
internal static class NobodysCard
{
    private const int First = 2;

    /// <summary>The digit at a place of a number of so many digits.</summary>
    public static int Digit(int at, int length) => at == 0 && length > 1 ? First : at == length - 1 && length > 1 ? Check(length) : 0;

    /// <summary>Fills a span with the number in ASCII.</summary>
    public static void WriteCharacters(Span<byte> characters)
    {
        for (var at = 0; at < characters.Length; at++)
            characters[at] = (byte)('0' + Digit(at, characters.Length));
    }

    // Every second digit from the right counts twice: the first does where the count is even.
    private static int Check(int length) => 10 - (length % 2 == 0 ? 2 * First : First);
}
