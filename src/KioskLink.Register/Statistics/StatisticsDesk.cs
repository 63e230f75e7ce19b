using KioskLink.Protos.Register.V1;
using KioskLink.Register.Requests;
using KioskLink.Register.Store;
using NodaTime;
using NodaTime.Text;
using Wire = KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Statistics;

/// <summary>Tells anonymised statistics (R53): visits of any days, visitors and patrons of whole weeks and months alone. Thread-safe.</summary>
internal sealed class StatisticsDesk(RegisterCore core, VisitHours visits)
{
    /// <summary>The most days that one answer tells of.</summary>
    public const int DaysMax = 366;

    /// <summary>The days that are asked about.</summary>
    /// <exception cref="Grpc.Core.RpcException">INVALID_ARGUMENT names the field.</exception>
    public static DateInterval DaysOf(string first, string last, StatisticsPart part)
    {
        var (from, to) = (Field.RequiredDate(first, "from"), Field.RequiredDate(last, "to"));
        if (to < from || Period.DaysBetween(from, to) >= DaysMax)
        {
            throw Field.Wrong("to", $"must lie on or after `from`, by at most {DaysMax} days");
        }

        if (!Enum.IsDefined(part))
        {
            throw Field.Wrong("part", "must be one of Visits, Patrons");
        }

        var days = new DateInterval(from, to);
        return part == StatisticsPart.Visits || StatisticsPeriod.IsWhole(days) ? days
            : !StatisticsPeriod.MayBegin(from)
                ? throw Field.Wrong("from", "must be a Monday or the first day of a month: visitors and patrons are told of whole weeks or months alone")
                : throw Field.Wrong("to", "must be the Sunday of a week that begins a Monday, or the last day of a month: visitors and patrons are told of whole weeks or months alone");
    }

    /// <summary>The statistics of some days.</summary>
    public GetStatisticsResponse Of(DateInterval days, StatisticsPart part)
    {
        using var db = core.Store.Read();
        var response = new GetStatisticsResponse { Minimum = PatronTables.Minimum, RoundedTo = PatronCounts.RoundedTo };
        if (part != StatisticsPart.Patrons)
        {
            response.Visits.AddRange(visits.Of(db, days));
        }

        if (part != StatisticsPart.Visits)
        {
            AddPatrons(db, days, response);
        }

        return response;
    }

    private void AddPatrons(RegisterDb db, DateInterval days, GetStatisticsResponse response)
    {
        var (first, last) = (LocalDatePattern.Iso.Format(days.Start), LocalDatePattern.Iso.Format(days.End));
        var periods = db.Set<PatronCountPeriodRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.FirstDay.CompareTo(first) >= 0 && row.LastDay.CompareTo(last) <= 0)
            .OrderBy(row => row.Measure).ThenBy(row => row.FirstDay)
            .ToList();
        foreach (var period in periods)
        {
            response.SuppressedCells += period.Suppressed;
            response.Periods.Add(new Wire.StatisticsPeriod
            {
                Measure = period.Measure,
                Period = period.Period,
                From = period.FirstDay,
                To = period.LastDay,
                SuppressedCells = period.Suppressed,
            });
            response.Patrons.AddRange(db.Set<PatronCountRow>()
                .Where(row => row.Consortium == period.Consortium && row.Measure == period.Measure && row.Period == period.Period)
                .OrderBy(row => row.BranchId).ThenBy(row => row.Dimension).ThenBy(row => row.Value)
                .AsEnumerable()
                .Select(Show));
        }
    }

    private static PatronCount Show(PatronCountRow row) => new()
    {
        Measure = row.Measure,
        Period = row.Period,
        BranchId = row.BranchId,
        Dimension = row.Dimension,
        AgeBand = row.Dimension == Dimensions.Age ? row.Value : "",
        Group = row.Dimension == Dimensions.Group ? row.Value : "",
        Gender = row.Dimension == Dimensions.Gender ? Enum.Parse<Gender>(row.Value) : Gender.Unspecified,
        Patrons = row.Patrons,
    };
}
