using System.Data.Common;
using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Pins;

namespace KioskLink.Register.Cards;

/// <summary>A number on which guesses are spent, and whose it is.</summary>
/// <param name="Number">The number's blind index.</param>
/// <param name="CardId">The card; 0 when nobody has the number.</param>
internal readonly record struct GuessTarget(BlindIndex Number, long CardId)
{
    /// <summary>The entity whose facts the guesses are.</summary>
    public EntityId Entity => CardId == 0 ? EntityId.Number(Number) : EntityId.Card(CardId);

    /// <summary>The target of a card.</summary>
    public static GuessTarget Of(CardEntry card) => new(card.Key, card.CardId);
}

/// <summary>
/// Reads and writes guesses. Beside the slow hash these statements are what a PIN costs: they are SQL, since translating a
/// query takes as long as running it, and the same for a card and for a number that nobody has.
/// </summary>
internal static class GuessRows
{
    private const string Select = "SELECT state, attempts FROM guesses WHERE consortium = $consortium AND number_index = $number";

    private const string Put = """
        INSERT INTO guesses (consortium, number_index, card_id, state, attempts, in_flight, touched_at)
        VALUES ($consortium, $number, $card, $state, $attempts, $inFlight, $touched)
        ON CONFLICT (consortium, number_index) DO UPDATE SET card_id = excluded.card_id, state = excluded.state,
            attempts = excluded.attempts, in_flight = excluded.in_flight, touched_at = excluded.touched_at
        """;

    private const string Delete = "DELETE FROM guesses WHERE consortium = $consortium AND number_index = $number";

    /// <summary>The guesses on a number.</summary>
    public static Guesses Read(WriteScope scope, BlindIndex number)
    {
        using var select = scope.Command(Select, ("$consortium", scope.Consortium), ("$number", number.ToBytes()));
        return Read(select);
    }

    /// <summary>The guesses on a number that ended wrong.</summary>
    public static GuessState State(DbConnection connection, string consortium, BlindIndex number)
    {
        using var select = connection.CreateCommand();
        select.CommandText = Select;
        Add(select, "$consortium", consortium);
        Add(select, "$number", number.ToBytes());
        return Read(select).State;
    }

    /// <summary>Stores the guesses on a number; a number without any keeps no row.</summary>
    public static void Write(WriteScope scope, GuessTarget target, Guesses guesses)
    {
        if (guesses.IsNone)
        {
            Forget(scope, target.Number);
            return;
        }

        using var put = scope.Command(
            Put,
            ("$consortium", scope.Consortium), ("$number", target.Number.ToBytes()), ("$card", target.CardId),
            ("$state", guesses.State.ToRow()), ("$attempts", guesses.AttemptsToRow()),
            ("$inFlight", guesses.Open.Count > 0 ? 1 : 0), ("$touched", scope.NowMs));
        put.ExecuteNonQuery();
    }

    /// <summary>Forgets every guess on a number.</summary>
    public static void Forget(WriteScope scope, BlindIndex number)
    {
        using var delete = scope.Command(Delete, ("$consortium", scope.Consortium), ("$number", number.ToBytes()));
        delete.ExecuteNonQuery();
    }

    private static Guesses Read(DbCommand select)
    {
        using var reader = select.ExecuteReader();
        return reader.Read() ? Guesses.Read(reader.GetFieldValue<byte[]>(0), reader.GetFieldValue<byte[]>(1)) : Guesses.None;
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value);
        command.Parameters.Add(parameter);
    }
}
