using KioskLink.Register.Store;
using KioskLink.Register.Sync;

namespace KioskLink.Register.PatronSearch;

/// <summary>Keeps the names by which patrons are found: each word of a name with those that follow it, folded.</summary>
internal static class PatronNames
{
    /// <summary>Patrons whose names are filled in by one unit of work at start.</summary>
    public const int FillRows = 500;

    private const int WordsMax = 12;

    private const string Filled = "patron-names";

    private const string Delete = "DELETE FROM patron_names WHERE patron_id = $patron";

    private const string Insert =
        "INSERT OR REPLACE INTO patron_names (consortium, rank, name, patron_id, before) VALUES ($consortium, $rank, $name, $patron, $before)";

    private const string Missing = """
        SELECT p.patron_id, p.surname, p.first_names FROM patrons p
        WHERE p.consortium = $consortium AND p.patron_id > $after ORDER BY p.patron_id LIMIT $rows
        """;

    /// <summary>Stores the names of a patron.</summary>
    public static void Put(WriteScope scope, long patronId, string surname, string firstNames)
    {
        Forget(scope, patronId);
        var words = FoldedName.Of($"{surname} {firstNames}").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        for (var at = 0; at < Math.Min(words.Length, WordsMax); at++)
        {
            using var insert = scope.Command(
                Insert,
                ("$consortium", scope.Consortium), ("$rank", at == 0 ? 0 : 1), ("$name", string.Join(' ', words[at..])),
                ("$patron", patronId), ("$before", string.Join(' ', words[..at])));
            insert.ExecuteNonQuery();
        }
    }

    /// <summary>Forgets the names of a patron.</summary>
    public static void Forget(WriteScope scope, long patronId)
    {
        using var delete = scope.Command(Delete, ("$patron", patronId));
        delete.ExecuteNonQuery();
    }

    /// <summary>Fills in the names of patrons who were stored before there was a search, once; a stop in the middle begins it anew.</summary>
    public static async Task FillAsync(RegisterStore store, WriteLane lane)
    {
        using (var db = store.Read())
        {
            if (db.Set<SweepRow>().Any(row => row.Consortium == store.Consortium && row.Name == Filled))
            {
                return;
            }
        }

        for (long? after = 0; after is { } last;)
        {
            after = (await lane.WriteAsync(scope => Fill(scope, last)).ConfigureAwait(false)).Value;
        }

        await lane.WriteAsync(scope => scope.Db.Add(new SweepRow { Consortium = scope.Consortium, Name = Filled, RunAt = scope.NowMs })).ConfigureAwait(false);
    }

    private static long? Fill(WriteScope scope, long after)
    {
        var rows = new List<(long Id, string Surname, string FirstNames)>(FillRows);
        using (var select = scope.Command(Missing, ("$consortium", scope.Consortium), ("$after", after), ("$rows", FillRows)))
        using (var reader = select.ExecuteReader())
        {
            while (reader.Read())
            {
                rows.Add((reader.GetInt64(0), reader.GetString(1), reader.GetString(2)));
            }
        }

        rows.ForEach(row => Put(scope, row.Id, row.Surname, row.FirstNames));
        return rows.Count == 0 ? null : rows[^1].Id;
    }
}
