using KioskLink.Register.Store;
using KioskLink.Rules.Branches;

namespace KioskLink.Register.Statistics;

/// <summary>
/// Counts who is a patron at the end of a month (R53), in the next month's first night; a month that passed while the register was
/// stopped is not counted, since nobody knows any more how it ended. Thread-safe.
/// </summary>
internal sealed class PatronMonths(PatronCounts counts)
{
    private const string Patrons = """
        SELECT p.home_branch, p.date_of_birth, p.patron_group, coalesce(g.gender, 0)
        FROM patrons p LEFT JOIN genders g ON g.patron_id = p.patron_id
        WHERE p.consortium = $consortium AND p.created_at < $end AND p.date_of_birth <> '' AND p.restricted = 0
        """;

    /// <summary>Counts the month before this one, unless it was counted.</summary>
    /// <returns>Whether it was counted now.</returns>
    public bool Count(WriteScope scope)
    {
        var month = StatisticsPeriod.Month(OpeningCalendar.DateAt(scope.Now).PlusMonths(-1));
        return Count(scope, month, OpeningCalendar.Zone.AtStartOfDay(month.Last.PlusDays(1)).ToInstant().ToUnixTimeMilliseconds());
    }

    /// <summary>Counts a month, unless it was counted.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="month">The month.</param>
    /// <param name="end">Patrons from then on do not count, UTC milliseconds.</param>
    /// <returns>Whether it was counted now.</returns>
    public bool Count(WriteScope scope, StatisticsPeriod month, long end)
    {
        if (PatronCounts.IsCounted(scope.Db, scope.Consortium, Measures.Patrons, month))
        {
            return false;
        }

        using var select = scope.Command(Patrons, ("$consortium", scope.Consortium), ("$end", end));
        counts.Count(scope, Measures.Patrons, month, select);
        return true;
    }
}
