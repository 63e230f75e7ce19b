namespace KioskLink.Rules.Cards;

/// <summary>The check characters of library cards (domain facts 2.2). Pure and thread-safe.</summary>
public static class CheckDigit
{
    private const string Code39 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ-. $/+%";

    /// <summary>The check character of a number without it; null when the algorithm has none for such a number.</summary>
    public static char? Of(CheckAlgorithm algorithm, ReadOnlySpan<char> body) => algorithm switch
    {
        CheckAlgorithm.LibraryMod10 when IsDigits(body, 13) => ToDigit(LuhnSum(body)),
        CheckAlgorithm.Ean13 when IsDigits(body, 12) => ToDigit(WeightedSum(body, evenWeight: 1, oddWeight: 3)),
        CheckAlgorithm.Itf14 when IsDigits(body, 13) => ToDigit(WeightedSum(body, evenWeight: 3, oddWeight: 1)),
        CheckAlgorithm.Code39Mod43 => Mod43(body),
        _ => null,
    };

    /// <summary>Whether the last character of a number is its check character; always true with no algorithm.</summary>
    public static bool IsValid(CheckAlgorithm algorithm, ReadOnlySpan<char> number) =>
        algorithm == CheckAlgorithm.None || (number.Length > 1 && Of(algorithm, number[..^1]) == number[^1]);

    private static bool IsDigits(ReadOnlySpan<char> body, int length) =>
        body.Length == length && !body.ContainsAnyExceptInRange('0', '9');

    private static char ToDigit(int sum) => (char)('0' + ((10 - (sum % 10)) % 10));

    private static int LuhnSum(ReadOnlySpan<char> digits)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            var value = (digits[i] - '0') * (i % 2 == 0 ? 2 : 1);
            sum += value > 9 ? value - 9 : value;
        }

        return sum;
    }

    private static int WeightedSum(ReadOnlySpan<char> digits, int evenWeight, int oddWeight)
    {
        var sum = 0;
        for (var i = 0; i < digits.Length; i++)
        {
            sum += (digits[i] - '0') * (i % 2 == 0 ? evenWeight : oddWeight);
        }

        return sum;
    }

    private static char? Mod43(ReadOnlySpan<char> body)
    {
        var sum = 0;
        foreach (var character in body)
        {
            var value = Code39.IndexOf(character, StringComparison.Ordinal);
            if (value < 0)
            {
                return null;
            }

            sum += value;
        }

        return body.IsEmpty ? null : Code39[sum % Code39.Length];
    }
}
