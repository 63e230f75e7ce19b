using KioskLink.Sip2.Circulation;

namespace KioskLink.Circulation.Lending;

/// <summary>What staff is told of a card that a machine has kept or wants blocked: its end, by which it can be found, and what the machine says of it. Pure.</summary>
internal static class BlockWords
{
    /// <summary>The longest reason, in characters.</summary>
    public const int ReasonMax = 80;

    private const int Shown = 4;

    /// <summary>The sentence.</summary>
    public static string Of(string login, BlockQuestion question)
    {
        var (end, reason) = (EndOf(question.Card), ReasonOf(question.Reason));
        return $"Machine {login} {(question.CardRetained ? "has kept a card" : "asks to block a card")}{(end.Length > 0 ? $" {end}" : "")}{(reason.Length > 0 ? $" ({reason})" : "")}: look at it; nothing was blocked.";
    }

    /// <summary>The end of a card's number; empty where it would be the whole number.</summary>
    public static string EndOf(string card)
    {
        var digits = string.Concat(card.Where(char.IsAsciiDigit));
        return digits.Length > Shown ? $"…{digits[^Shown..]}" : "";
    }

    // As a machine wrote it, so anything may stand in it: one line, short, and no number of a card or a person.
    private static string ReasonOf(string told)
    {
        var words = told.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Select(word => word.Count(char.IsAsciiDigit) > Shown ? EndOf(word) : word);
        var line = string.Concat(string.Join(' ', words).Where(sign => !char.IsControl(sign)));
        return line.Length > ReasonMax ? $"{line[..ReasonMax]}…" : line;
    }
}
