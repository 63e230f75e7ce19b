using System.Globalization;
using System.Text;
using NodaTime;

namespace KioskLink.Rules.Pins;

/// <summary>What a new PIN must not be. Pure and thread-safe; the PIN stays in the caller's buffer.</summary>
/// <param name="MinLength">Shortest PIN, digits.</param>
/// <param name="MaxLength">Longest PIN, digits.</param>
public sealed record PinPolicy(int MinLength, int MaxLength)
{
    private static readonly byte[][] Common = ["1234"u8.ToArray(), "4321"u8.ToArray(), "1212"u8.ToArray(), "2580"u8.ToArray(), "0852"u8.ToArray()];
    private static readonly string[] BirthPatterns = ["ddMM", "uuuu", "ddMMyy", "ddMMuuuu"];

    /// <summary>Judges a new PIN.</summary>
    /// <param name="pin">ASCII digits.</param>
    /// <param name="born">The patron's date of birth, where known.</param>
    /// <param name="cardNumber">The card's number.</param>
    public PinVerdict Judge(ReadOnlySpan<byte> pin, LocalDate? born, string cardNumber)
    {
        ArgumentNullException.ThrowIfNull(cardNumber);
        if (pin.ContainsAnyExceptInRange((byte)'0', (byte)'9'))
        {
            return PinVerdict.NotDigits;
        }

        if (pin.Length < MinLength || pin.Length > MaxLength)
        {
            return PinVerdict.WrongLength;
        }

        return IsCommon(pin) ? PinVerdict.TooCommon
            : IsBirthday(pin, born) ? PinVerdict.BirthDate
            : IsEndOf(cardNumber, pin) ? PinVerdict.CardDigits
            : PinVerdict.Accepted;
    }

    private static bool IsCommon(ReadOnlySpan<byte> pin)
    {
        if (!pin.ContainsAnyExcept(pin[0]))
        {
            return true;
        }

        foreach (var common in Common)
        {
            if (pin.SequenceEqual(common))
            {
                return true;
            }
        }

        return pin.Length > Common[0].Length && (IsRow(pin) || IsPairAgain(pin));
    }

    // 123456, 87654321: what 1234 and 4321 are among longer PINs.
    private static bool IsRow(ReadOnlySpan<byte> pin)
    {
        var step = pin[1] - pin[0];
        for (var i = 1; i < pin.Length; i++)
        {
            if (pin[i] - pin[i - 1] != step)
            {
                return false;
            }
        }

        return step is 1 or -1;
    }

    // 121212: what 1212 is among longer PINs.
    private static bool IsPairAgain(ReadOnlySpan<byte> pin) => pin[2..].SequenceEqual(pin[..^2]);

    private static bool IsBirthday(ReadOnlySpan<byte> pin, LocalDate? born)
    {
        foreach (var pattern in BirthPatterns)
        {
            if (born?.ToString(pattern, CultureInfo.InvariantCulture) is { } text && Ascii.Equals(pin, text))
            {
                return true;
            }
        }

        return false;
    }

    private static bool IsEndOf(string cardNumber, ReadOnlySpan<byte> pin) =>
        cardNumber.Length >= pin.Length && Ascii.Equals(pin, cardNumber.AsSpan(cardNumber.Length - pin.Length));
}

/// <summary>What the policy says of a new PIN.</summary>
public enum PinVerdict
{
    /// <summary>It may be used.</summary>
    Accepted,

    /// <summary>It holds something else than digits.</summary>
    NotDigits,

    /// <summary>It is too short or too long.</summary>
    WrongLength,

    /// <summary>It is one of those that are tried first: one digit or pair repeated, or a well-known row.</summary>
    TooCommon,

    /// <summary>It is day and month, or the year, of the patron's birth.</summary>
    BirthDate,

    /// <summary>It is the end of the card number.</summary>
    CardDigits,
}
