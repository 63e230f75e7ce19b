using System.Globalization;

namespace KioskLink.Register.Statistics;

/// <summary>
/// Makes of patrons the numbers that may be told of them (R53): each branch's sum and its parts by one attribute at a time. No cell of
/// fewer than <see cref="Minimum"/> is told; where the sum would tell one that is left out, others are left out with it. Pure.
/// </summary>
internal static class PatronTables
{
    /// <summary>The fewest patrons that a cell may tell of, and that cells left out beside a sum hold together.</summary>
    public const int Minimum = 5;

    /// <summary>The cells that may be told, in order, and how many are left out.</summary>
    /// <param name="patrons">Each patron once a branch.</param>
    /// <param name="byGender">Whether gender is an attribute of statistics.</param>
    /// <param name="roundTo">To what multiple numbers are rounded; 1 leaves them.</param>
    public static (IReadOnlyList<PatronCell> Told, int Suppressed) Of(IEnumerable<CountedPatron> patrons, bool byGender, int roundTo)
    {
        var (told, suppressed) = (new List<PatronCell>(), 0);
        foreach (var branch in patrons.GroupBy(patron => patron.Branch).OrderBy(branch => branch.Key, StringComparer.Ordinal))
        {
            var tables = Tables([.. branch], byGender);
            var isTold = tables[0].Cells[0].Count >= Minimum;
            foreach (var (dimension, cells) in tables)
            {
                var open = isTold ? Open(cells) : [];
                suppressed += cells.Count - open.Count;
                told.AddRange(open.Select(cell => new PatronCell(branch.Key, dimension, cell.Value, Round(cell.Count, roundTo))));
            }
        }

        return (told, suppressed);
    }

    private static List<(string Dimension, List<(string Value, long Count)> Cells)> Tables(List<CountedPatron> patrons, bool byGender)
    {
        List<(string, List<(string, long)>)> tables =
        [
            (Dimensions.All, [("", patrons.Count)]),
            (Dimensions.Age, Cells(patrons, patron => patron.Age)),
            (Dimensions.Group, Cells(patrons, patron => patron.Group)),
        ];
        if (byGender)
        {
            tables.Add((Dimensions.Gender, Cells(patrons, patron => patron.Gender.ToString(CultureInfo.InvariantCulture))));
        }

        return tables;
    }

    private static List<(string Value, long Count)> Cells(List<CountedPatron> patrons, Func<CountedPatron, string> value) =>
        [.. patrons.GroupBy(value).Select(cell => (cell.Key, cell.LongCount())).OrderBy(cell => cell.Key, StringComparer.Ordinal)];

    // The sum is told: what is left out must be two cells or more and the minimum together, or it could be reckoned.
    private static List<(string Value, long Count)> Open(List<(string Value, long Count)> cells)
    {
        var bySize = cells.OrderBy(cell => cell.Count).ThenBy(cell => cell.Value, StringComparer.Ordinal).ToList();
        var hidden = bySize.TakeWhile(cell => cell.Count < Minimum).ToList();
        while (hidden.Count > 0 && hidden.Count < bySize.Count && (hidden.Count < 2 || hidden.Sum(cell => cell.Count) < Minimum))
        {
            hidden.Add(bySize[hidden.Count]);
        }

        return [.. cells.Except(hidden)];
    }

    private static long Round(long count, int to) => (count + (to / 2)) / to * to;
}
