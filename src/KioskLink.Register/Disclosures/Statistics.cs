using System.Data.Common;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Statistics;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Disclosures;

/// <summary>
/// Anonymised statistics (R53): visits a branch and hour, which tell of nobody and are never suppressed; patrons by attributes, no
/// cell of fewer than <see cref="Minimum"/>, and no sums from which a suppressed cell could be reckoned. Thread-safe.
/// </summary>
internal sealed class Statistics(RegisterCore core, VisitHours visits)
{
    /// <summary>The fewest patrons that a cell may tell of.</summary>
    public const int Minimum = 5;

    private const int DaysMax = 366;

    private const string Patrons = """
        SELECT patron_id, home_branch, patron_group, date_of_birth FROM patrons WHERE consortium = $consortium AND date_of_birth <> ''
        """;

    private const string Visitors = """
        SELECT DISTINCT p.patron_id, v.branch_id, p.patron_group, p.date_of_birth
        FROM visits v JOIN cards c ON c.card_id = v.card_id JOIN patrons p ON p.patron_id = c.patron_id
        WHERE v.consortium = $consortium AND v.granted_at >= $from AND v.granted_at < $to AND p.date_of_birth <> ''
        """;

    /// <summary>The statistics of some days.</summary>
    public GetStatisticsResponse Of(GetStatisticsRequest request)
    {
        var (from, to) = (Field.RequiredDate(request.From, "from"), Field.RequiredDate(request.To, "to"));
        if (to < from || NodaTime.Period.DaysBetween(from, to) >= DaysMax)
        {
            throw Field.Wrong("to", $"must lie on or after `from`, by at most {DaysMax} days");
        }

        using var db = core.Store.Read();
        var span = (From: Start(from), To: Start(to.PlusDays(1)));
        var response = new GetStatisticsResponse { Minimum = Minimum };
        response.Visits.AddRange(visits.Of(db, new DateInterval(from, to)));
        foreach (var (measure, sql) in new[] { ("patrons", Patrons), ("visitors", Visitors) })
        {
            var (cells, suppressed) = PatronCounts(db, measure, sql, span);
            response.Patrons.AddRange(cells);
            response.SuppressedCells += suppressed;
        }

        return response;
    }

    private (IReadOnlyList<PatronCount> Cells, int Suppressed) PatronCounts(RegisterDb db, string measure, string sql, (long From, long To) span)
    {
        using var command = Command(db, sql, span);
        using var reader = command.ExecuteReader();
        var today = OpeningCalendar.DateAt(core.Now());
        var counts = new SortedDictionary<(string Branch, string Group, string Band), long>();
        while (reader.Read())
        {
            var cell = (reader.GetString(1), reader.GetString(2), AgeBands.Of(LocalDatePattern.Iso.Parse(reader.GetString(3)).Value, today));
            counts[cell] = counts.GetValueOrDefault(cell) + 1;
        }

        var told = counts.Where(cell => cell.Value >= Minimum).ToList();
        return (
            [.. told.Select(cell => new PatronCount
            {
                Measure = measure,
                BranchId = cell.Key.Branch,
                Group = cell.Key.Group,
                AgeBand = cell.Key.Band,
                Patrons = cell.Value,
            })],
            counts.Count - told.Count);
    }

    private DbCommand Command(RegisterDb db, string sql, (long From, long To) span, params ReadOnlySpan<(string Name, object Value)> more)
    {
        var command = db.Connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in (ReadOnlySpan<(string, object)>)[("$consortium", core.Store.Consortium), ("$from", span.From), ("$to", span.To), .. more])
        {
            if (sql.Contains(name, StringComparison.Ordinal))
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }
        }

        return command;
    }

    private static long Start(LocalDate date) => OpeningCalendar.Zone.AtStartOfDay(date).ToInstant().ToUnixTimeMilliseconds();
}
