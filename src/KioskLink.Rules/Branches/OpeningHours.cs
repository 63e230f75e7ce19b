using NodaTime;

namespace KioskLink.Rules.Branches;

/// <summary>What a period of the calendar is; the numbers are those of the wire. Where periods overlap, closed beats self-service beats staffed.</summary>
public enum PeriodKind
{
    /// <summary>Closed for this part of the day.</summary>
    Closed = 1,

    /// <summary>Staff is present.</summary>
    Staffed = 2,

    /// <summary>Self-service (omatoimi).</summary>
    SelfService = 3,
}

/// <summary>A part of a day in Europe/Helsinki wall-clock time: [From, To).</summary>
/// <param name="From">Minutes from 00:00, 0 to 1439.</param>
/// <param name="To">Minutes from 00:00, 1 to 1440; an end at or before the start lies on the next day.</param>
/// <param name="Kind">What the branch is during the period.</param>
public sealed record Period(int From, int To, PeriodKind Kind);

/// <summary>Opening hours of a branch: a week and the dates that replace their weekday. Immutable and thread-safe.</summary>
/// <param name="Week">Periods by weekday; a missing weekday is closed all day.</param>
/// <param name="Exceptions">Periods by date; an empty list is closed all day.</param>
public sealed record OpeningHours(
    IReadOnlyDictionary<IsoDayOfWeek, IReadOnlyList<Period>> Week,
    IReadOnlyDictionary<LocalDate, IReadOnlyList<Period>> Exceptions);
