using KioskLink.Protos.Types.V1;
using KioskLink.Register.Access;
using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;

namespace KioskLink.Register.Statistics;

/// <summary>
/// Counts the visitors of ended weeks while the door log still tells whose the entries were (R53, R63): as late as that allows, so that
/// what nodes tell after an outage is in it. A week whose entries have begun to go is not counted. Thread-safe.
/// </summary>
internal sealed class VisitorWeeks(RegisterCore core, PatronCounts counts)
{
    /// <summary>How long after its beginning a week is counted at the latest, days.</summary>
    public const int DaysMax = 13;

    private const int WeekDays = 7;
    private const int WeeksBack = 12;

    private static readonly string Visitors = $"""
        SELECT DISTINCT a.branch_id, p.date_of_birth, p.patron_group, coalesce(g.gender, 0), p.patron_id
        FROM attempts a JOIN cards c ON c.card_id = CAST(substr(a.card_ref, 6) AS INTEGER) JOIN patrons p ON p.patron_id = c.patron_id
            LEFT JOIN genders g ON g.patron_id = p.patron_id
        WHERE a.consortium = $consortium AND a.card_ref GLOB 'card-[0-9]*' AND {DoorEntries.Code} = $granted
            AND {DoorEntries.At} >= $from AND {DoorEntries.At} < $to AND p.date_of_birth <> '' AND p.restricted = 0
        """;

    /// <summary>Counts every week whose time has come.</summary>
    /// <returns>How many there were.</returns>
    public int Count(WriteScope scope)
    {
        var due = Due(scope);
        foreach (var week in due)
        {
            using var select = scope.Command(
                Visitors, ("$consortium", scope.Consortium), ("$granted", (int)DecisionCode.Granted), ("$from", Start(week.First)), ("$to", Start(week.Last.PlusDays(1))));
            counts.Count(scope, Measures.Visitors, week, select);
        }

        return due.Count;
    }

    private List<StatisticsPeriod> Due(WriteScope scope)
    {
        // A door log shorter than a week and two nights never holds a whole one.
        var kept = core.Profile.Retention.FirstOrDefault(entry => entry.Rule == RetentionRules.DoorLog)?.Period?.Count ?? int.MaxValue;
        var wait = Math.Min(kept - 1, DaysMax);
        if (wait <= WeekDays || Oldest(scope) is not { } oldest)
        {
            return [];
        }

        var today = OpeningCalendar.DateAt(scope.Now);
        var last = StatisticsPeriod.Week(today.PlusDays(-wait));
        var first = LocalDate.Max(StatisticsPeriod.Week(oldest).First, last.First.PlusWeeks(-WeeksBack));
        return [.. Enumerable.Range(0, WeeksBack + 1)
            .Select(back => StatisticsPeriod.Week(last.First.PlusWeeks(-back)))
            .Where(week => week.First >= first && week.First.PlusDays(wait) <= today && IsWhole(scope, week))
            .Where(week => !PatronCounts.IsCounted(scope.Db, scope.Consortium, Measures.Visitors, week))];
    }

    private static LocalDate? Oldest(WriteScope scope) =>
        Sql.Number(scope.Db, $"SELECT min({DoorEntries.At}) FROM attempts WHERE consortium = $consortium", ("$consortium", scope.Consortium)) is > 0 and var at
            ? OpeningCalendar.DateAt(Instant.FromUnixTimeMilliseconds(at))
            : null;

    private static bool IsWhole(WriteScope scope, StatisticsPeriod week) => Sql.Number(
        scope.Db, "SELECT count(*) FROM door_counts WHERE consortium = $consortium AND day >= $first AND day <= $last",
        ("$consortium", scope.Consortium), ("$first", NodaTime.Text.LocalDatePattern.Iso.Format(week.First)),
        ("$last", NodaTime.Text.LocalDatePattern.Iso.Format(week.Last))) == 0;

    private static long Start(LocalDate date) => OpeningCalendar.Zone.AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds();
}
