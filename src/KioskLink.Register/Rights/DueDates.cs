using NodaTime;

namespace KioskLink.Register.Rights;

/// <summary>Until when a request must be answered (article 12): one calendar month, with a reason up to two more. Pure.</summary>
internal static class DueDates
{
    /// <summary>Months for an answer.</summary>
    public const int Months = 1;

    /// <summary>Further months at most.</summary>
    public const int ExtensionMax = 2;

    /// <summary>The last day for an answer: 31.1. gives 28.2., or 29.2. in a leap year.</summary>
    public static LocalDate DueOn(LocalDate received) => received.PlusMonths(Months);

    /// <summary>
    /// The last day after an extension, counted from the receipt: months that are added to a shortened month would lose its days.
    /// </summary>
    public static LocalDate Extended(LocalDate received, int months) => received.PlusMonths(Months + months);

    /// <summary>Whether the last day has passed.</summary>
    public static bool IsOverdue(LocalDate due, LocalDate today) => today > due;
}
