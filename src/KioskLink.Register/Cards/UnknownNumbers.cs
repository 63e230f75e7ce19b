using KioskLink.Register.Facts;
using KioskLink.Register.Store;

namespace KioskLink.Register.Cards;

/// <summary>
/// Bounds what guesses on numbers that nobody has leave behind: rows of guesses, of which those touched longest ago make room,
/// and versions of the change log that no node is told of. It runs beside the guesses, so that none waits for it. Thread-safe.
/// </summary>
internal sealed class UnknownNumbers(RegisterCore core)
{
    /// <summary>Numbers of nobody whose guesses are kept, give or take <see cref="TrimEvery"/>.</summary>
    public const int NumbersMax = 10_000;

    /// <summary>Guesses between two trims.</summary>
    public const int TrimEvery = 256;

    // More than come between two trims, so that what a stop left behind is worked off too.
    private const int TrimMax = 2 * TrimEvery;

    private const string Oldest = """
        SELECT number_index FROM guesses WHERE consortium = $consortium AND card_id = 0
        ORDER BY touched_at LIMIT min($max, max(0, (SELECT count(*) FROM guesses WHERE consortium = $consortium AND card_id = 0) - $keep))
        """;

    // The newest version of the log stays whatever it is: streams read up to it.
    private const string DeleteVersions = """
        DELETE FROM change_log WHERE consortium = $consortium AND version IN (
            SELECT version FROM change_log
            WHERE consortium = $consortium AND kind = $kind AND version < (SELECT max(version) FROM change_log WHERE consortium = $consortium)
            LIMIT $max)
        """;

    private int _guesses;

    /// <summary>Notes a guess that has ended.</summary>
    public void NoteGuess()
    {
        if (Interlocked.Increment(ref _guesses) % TrimEvery == 0)
        {
            _ = TrimAsync();
        }
    }

    private async Task TrimAsync()
    {
        try
        {
            var dropped = await core.Lane.WriteAsync(Trim).ConfigureAwait(false);
            dropped.Value.ForEach(core.Index.Forget);
        }
        catch (StoreProblem)
        {
            // The guesses that follow hit the same disk and tell; the next trim catches up.
        }
    }

    private static List<BlindIndex> Trim(WriteScope scope)
    {
        var dropped = ReadOldest(scope);
        dropped.ForEach(number => GuessRows.Forget(scope, number));
        using var delete = scope.Command(
            DeleteVersions, ("$consortium", scope.Consortium), ("$kind", (int)EntityKind.Number), ("$max", TrimMax));
        delete.ExecuteNonQuery();
        return dropped;
    }

    private static List<BlindIndex> ReadOldest(WriteScope scope)
    {
        using var select = scope.Command(Oldest, ("$consortium", scope.Consortium), ("$max", TrimMax), ("$keep", NumbersMax));
        using var reader = select.ExecuteReader();
        var numbers = new List<BlindIndex>();
        while (reader.Read())
        {
            numbers.Add(BlindIndex.Read(reader.GetFieldValue<byte[]>(0)));
        }

        return numbers;
    }
}
