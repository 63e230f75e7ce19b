using System.Globalization;
using KioskLink.Protos.Types.V1;
using KioskLink.Register.Statistics;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Samples;

/// <summary>
/// Visits of samples in the last weeks, for the page of statistics: those of the newest weeks stand in the door log, the older ones are
/// counts, as a register leaves them that has run all the while. The same day again changes nothing.
/// </summary>
internal sealed class SampleVisits(RegisterCore core)
{
    /// <summary>How many days back the visits begin, at least.</summary>
    public const int DaysBack = 70;

    private const int VisitorsMax = 2_000;
    private const int MonthsBack = 3;
    private const int OneIn = 12;

    // Of a day's visits most come in the afternoon.
    private static readonly int[] Hours = [7, 8, 9, 10, 11, 12, 13, 14, 14, 15, 15, 15, 16, 16, 16, 17, 17, 18, 18, 19, 20, 21];

    private const string Entry = """
        INSERT OR IGNORE INTO attempts (consortium, attempt_id, branch_id, node_id, door_id, device_id, presented_at, code, source, register_code,
            outcome, interrupted, judged_code, difference, card_ref, journal_sequence)
        VALUES ($consortium, $attempt, $branch, 'sample', 'front', '', $at, $granted, 0, 0, 0, 0, 0, '', $card, 0)
        """;

    private const string Tally = """
        INSERT OR IGNORE INTO door_counts (consortium, branch_id, day, hour, code, entries) VALUES ($consortium, $branch, $day, $hour, $granted, $entries)
        """;

    private readonly PatronCounts _counts = new(core.Profile);

    /// <summary>Makes the visits of every day that has ended, and the counts of weeks and months.</summary>
    public async Task RunAsync()
    {
        var branches = core.Index.Branches.Select(branch => branch.Policy.Id).Order(StringComparer.Ordinal).ToList();
        var visitors = Visitors();
        if (branches.Count == 0 || visitors.Count == 0)
        {
            return;
        }

        var today = OpeningCalendar.DateAt(core.Now());
        var open = StatisticsPeriod.Week(today.PlusDays(-VisitorWeeks.DaysMax)).First;
        for (var monday = StatisticsPeriod.Week(today.PlusDays(-DaysBack)).First; monday < today; monday = monday.PlusWeeks(1))
        {
            var visits = Enumerable.Range(0, 7).Select(monday.PlusDays).Where(day => day < today).SelectMany(day => Of(visitors, branches, day)).ToList();
            await core.Lane.WriteAsync(scope => Put(scope, visits, isOpen: monday >= open)).ConfigureAwait(false);
        }

        await core.Lane.WriteAsync(scope => PutMonths(scope, today)).ConfigureAwait(false);
    }

    private List<Visitor> Visitors()
    {
        using var db = core.Store.Read();
        using var select = Sql.Command(
            db, $"SELECT p.customer_id, c.card_id FROM patrons p JOIN cards c ON c.patron_id = p.patron_id WHERE p.consortium = $consortium ORDER BY p.patron_id LIMIT {VisitorsMax}",
            ("$consortium", core.Store.Consortium));
        using var reader = select.ExecuteReader();
        var visitors = new List<Visitor>();
        while (reader.Read())
        {
            var number = int.Parse(reader.GetString(0).AsSpan(SamplePeople.Prefix.Length), CultureInfo.InvariantCulture);
            visitors.Add(new Visitor(number, reader.GetInt64(1)));
        }

        return visitors;
    }

    // By arithmetic, so that a day is the same each time: everyone about every twelfth day, fewer on Sundays.
    private static IEnumerable<Visit> Of(List<Visitor> visitors, List<string> branches, LocalDate day)
    {
        var n = NodaTime.Period.DaysBetween(LocalDate.MinIsoValue, day);
        var oneIn = day.DayOfWeek == IsoDayOfWeek.Sunday ? OneIn * 2 : OneIn;
        foreach (var visitor in visitors)
        {
            var draw = (int)(((visitor.Number * 2_654_435_761L) + (n * 40_503L)) >> 4 & 0xffff);
            if (draw % oneIn == 0)
            {
                yield return new Visit(visitor, branches[visitor.Number % branches.Count], day, Hours[draw / oneIn % Hours.Length], draw % 60);
            }
        }
    }

    private void Put(WriteScope scope, List<Visit> visits, bool isOpen)
    {
        if (isOpen)
        {
            visits.ForEach(visit => Enter(scope, visit));
            return;
        }

        foreach (var hour in visits.GroupBy(visit => (visit.Branch, visit.Day, visit.Hour)))
        {
            Sql.Run(
                scope.Db, Tally, ("$consortium", scope.Consortium), ("$branch", hour.Key.Branch), ("$day", LocalDatePattern.Iso.Format(hour.Key.Day)),
                ("$hour", hour.Key.Hour), ("$granted", (int)DecisionCode.Granted), ("$entries", hour.Count()));
        }

        var week = StatisticsPeriod.Week(visits.Count == 0 ? OpeningCalendar.DateAt(scope.Now) : visits[0].Day);
        if (visits.Count > 0 && !PatronCounts.IsCounted(scope.Db, scope.Consortium, Measures.Visitors, week))
        {
            _counts.Count(scope, Measures.Visitors, week, visits.DistinctBy(visit => (visit.Who, visit.Branch)).Select(visit => Counted(visit, week.Last)));
        }
    }

    private static void Enter(WriteScope scope, Visit visit)
    {
        var at = (visit.Day + new LocalTime(visit.Hour, visit.Minute)).InZoneLeniently(OpeningCalendar.Zone).ToInstant().ToUnixTimeMilliseconds();
        var day = LocalDatePattern.Iso.Format(visit.Day);
        Sql.Run(
            scope.Db, Entry, ("$consortium", scope.Consortium), ("$attempt", $"{SamplePeople.Prefix}{day}-{visit.Who.Number}"), ("$branch", visit.Branch),
            ("$at", at), ("$granted", (int)DecisionCode.Granted), ("$card", $"card-{visit.Who.CardId}"));
    }

    private CountedPatron Counted(Visit visit, LocalDate day)
    {
        var person = SamplePeople.Patron(visit.Who.Number, core.Profile, "");
        return new CountedPatron(visit.Branch, AgeBands.Of(person.Born!.Value, day), person.Group, (int)person.Gender);
    }

    private void PutMonths(WriteScope scope, LocalDate today)
    {
        var months = new PatronMonths(_counts);
        for (var back = 1; back <= MonthsBack; back++)
        {
            months.Count(scope, StatisticsPeriod.Month(today.PlusMonths(-back)), long.MaxValue);
        }
    }

    private sealed record Visitor(int Number, long CardId);

    private sealed record Visit(Visitor Who, string Branch, LocalDate Day, int Hour, int Minute);
}
