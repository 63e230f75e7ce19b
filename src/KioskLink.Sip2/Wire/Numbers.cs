using System.Globalization;

namespace KioskLink.Sip2.Wire;

/// <summary>Numbers and amounts as devices and library systems write them, whatever the machine's own culture.</summary>
internal static class Numbers
{
    private const int LongestAmount = 32;

    /// <summary>A number without sign, blanks around it allowed; null where it is none or larger than an int.</summary>
    public static int? Parse(ReadOnlySpan<byte> digits)
    {
        digits = digits.Trim((byte)' ');
        if (digits.IsEmpty || digits.Length > 9)
            return null;
        var number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return null;
            number = number * 10 + digit - '0';
        }
        return number;
    }

    /// <summary>
    /// `12.50`, `1,234.50`, `12,50`, `-3.00`, also with a currency's sign or name; null where it is no amount. A comma is the decimal sign where it is the
    /// last sign and at most two digits follow.
    /// </summary>
    public static decimal? ParseAmount(ReadOnlySpan<byte> value)
    {
        if (value.Length > LongestAmount)
            return null;
        Span<char> digits = stackalloc char[LongestAmount];
        var length = Normalise(value, digits);
        return decimal.TryParse(digits[..length], NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var amount)
            ? amount
            : null;
    }

    /// <summary>Two decimals at least, no sign of a currency, no thousands.</summary>
    public static string Write(decimal amount) => amount.ToString(amount.Scale < 2 ? "0.00" : "0.00######", CultureInfo.InvariantCulture);

    private static int Normalise(ReadOnlySpan<byte> value, Span<char> digits)
    {
        var decimalSign = DecimalSign(value);
        var length = 0;
        for (var at = 0; at < value.Length; at++)
        {
            var one = (char)value[at];
            if (char.IsAsciiDigit(one) || (one == '-' && length == 0))
                digits[length++] = one;
            else if (at == decimalSign)
                digits[length++] = '.';
        }
        return length;
    }

    private static int DecimalSign(ReadOnlySpan<byte> value)
    {
        var point = value.LastIndexOf((byte)'.');
        var comma = value.LastIndexOf((byte)',');
        if (comma < point)
            return point;
        return CountDigits(value[(comma + 1)..]) <= 2 ? comma : -1;
    }

    private static int CountDigits(ReadOnlySpan<byte> value)
    {
        var count = 0;
        foreach (var one in value)
            count += char.IsAsciiDigit((char)one) ? 1 : 0;
        return count;
    }
}
