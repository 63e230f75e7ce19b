using System.Globalization;
using NodaTime;

namespace KioskLink.Rules.Identity;

/// <summary>
/// A Finnish personal identity code (henkilötunnus, domain facts 2.1). Never to be logged or sent to an edge; <see cref="ToString"/> masks it.
/// </summary>
public sealed record IdentityCode
{
    private const int Length = 11;
    private const int SignAt = 6;
    private const string CheckCharacters = "0123456789ABCDEFHJKLMNPRSTUVWXY";

    private IdentityCode(string value, LocalDate born, int individualNumber)
    {
        Value = value;
        Born = born;
        IsArtificial = individualNumber >= 900;
    }

    /// <summary>The code in upper case, sign included: without the sign it is not unique.</summary>
    public string Value { get; }

    /// <summary>The date of birth.</summary>
    public LocalDate Born { get; }

    /// <summary>Whether the individual number lies in 900-999, which no person is ever given for good.</summary>
    public bool IsArtificial { get; }

    /// <summary>Date of birth and sign, the rest hidden (`010594Y****`).</summary>
    public string Masked => string.Concat(Value.AsSpan(0, SignAt + 1), "****");

    /// <summary>Reads a code; false when its form, date, individual number or check character is wrong.</summary>
    public static bool TryParse(string? text, [System.Diagnostics.CodeAnalysis.NotNullWhen(true)] out IdentityCode? code)
    {
        code = null;
        var value = text?.Trim().ToUpperInvariant();
        if (value is not { Length: Length } || CenturyOf(value[SignAt]) is not { } century)
        {
            return false;
        }

        if (!TryDigits(value.AsSpan(0, SignAt), out var date) || !TryDigits(value.AsSpan(SignAt + 1, 3), out var number) || number < 2)
        {
            return false;
        }

        if (value[^1] != CheckCharacters[((date * 1000) + number) % CheckCharacters.Length] || DateOf(date, century) is not { } born)
        {
            return false;
        }

        code = new IdentityCode(value, born, number);
        return true;
    }

    /// <summary>The masked form.</summary>
    public override string ToString() => Masked;

    private static int? CenturyOf(char sign) => sign switch
    {
        '+' => 1800,
        '-' or 'U' or 'V' or 'W' or 'X' or 'Y' => 1900,
        'A' or 'B' or 'C' or 'D' or 'E' or 'F' => 2000,
        _ => null,
    };

    private static bool TryDigits(ReadOnlySpan<char> text, out int value) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out value);

    private static LocalDate? DateOf(int dayMonthYear, int century)
    {
        var (day, month, year) = (dayMonthYear / 10_000, dayMonthYear / 100 % 100, century + (dayMonthYear % 100));
        var exists = month is >= 1 and <= 12 && day >= 1 && day <= CalendarSystem.Iso.GetDaysInMonth(year, month);
        return exists ? new LocalDate(year, month, day) : null;
    }
}
