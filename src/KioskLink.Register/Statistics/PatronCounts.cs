using System.Data.Common;
using KioskLink.Register.Facts;
using KioskLink.Register.Profiles;
using KioskLink.Register.Store;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Register.Statistics;

/// <summary>Counts patrons of a period into what may be told of it, once. Thread-safe.</summary>
internal sealed class PatronCounts(ConsortiumProfile profile)
{
    /// <summary>To what numbers of patrons are rounded: who is a patron in two months is in both numbers, and their difference must tell of nobody.</summary>
    public const int RoundedTo = 5;

    /// <summary>Whether statistics may tell of gender (R11).</summary>
    public bool ByGender => profile.PatronFields.Gender != GenderUse.None;

    /// <summary>Whether a period was counted.</summary>
    public static bool IsCounted(RegisterDb db, string consortium, string measure, StatisticsPeriod period) => db.Set<PatronCountPeriodRow>()
        .Any(row => row.Consortium == consortium && row.Measure == measure && row.Period == period.Name);

    /// <summary>Counts the rows of a statement and keeps what may be told.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="measure">One of <see cref="Measures"/>.</param>
    /// <param name="period">The period, not counted so far.</param>
    /// <param name="select">Gives branch, date of birth, group and gender of each patron, once a branch.</param>
    public void Count(WriteScope scope, string measure, StatisticsPeriod period, DbCommand select) =>
        Count(scope, measure, period, Read(select, period.Last));

    /// <summary>Counts patrons and keeps what may be told.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="measure">One of <see cref="Measures"/>.</param>
    /// <param name="period">The period, not counted so far.</param>
    /// <param name="patrons">Each patron, once a branch.</param>
    public void Count(WriteScope scope, string measure, StatisticsPeriod period, IEnumerable<CountedPatron> patrons)
    {
        var (told, suppressed) = PatronTables.Of(patrons, ByGender, measure == Measures.Patrons ? RoundedTo : 1);
        scope.Db.Add(new PatronCountPeriodRow
        {
            Consortium = scope.Consortium,
            Measure = measure,
            Period = period.Name,
            FirstDay = LocalDatePattern.Iso.Format(period.First),
            LastDay = LocalDatePattern.Iso.Format(period.Last),
            Suppressed = suppressed,
            CountedAt = scope.NowMs,
        });
        scope.Db.AddRange(told.Select(cell => new PatronCountRow
        {
            Consortium = scope.Consortium,
            Measure = measure,
            Period = period.Name,
            BranchId = cell.Branch,
            Dimension = cell.Dimension,
            Value = cell.Value,
            Patrons = cell.Patrons,
        }));
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
    }

    private static List<CountedPatron> Read(DbCommand select, LocalDate day)
    {
        using var reader = select.ExecuteReader();
        var patrons = new List<CountedPatron>();
        while (reader.Read())
        {
            if (reader.GetString(1).ToDate() is { } born)
            {
                patrons.Add(new CountedPatron(reader.GetString(0), AgeBands.Of(born, day), reader.GetString(2), reader.GetInt32(3)));
            }
        }

        return patrons;
    }
}
