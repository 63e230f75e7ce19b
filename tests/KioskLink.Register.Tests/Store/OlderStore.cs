using KioskLink.Register.Facts;
using KioskLink.Register.Store;
using KioskLink.Rules.Pins;
using Microsoft.Data.Sqlite;

namespace KioskLink.Register.Tests.Store;

/// <summary>A database as the first two migrations leave it: a card with two guesses, one of them without an end, a number of nobody with one, and two bans that are over.</summary>
internal static class OlderStore
{
    public const long CardId = 1;

    private const string Rows = """
        CREATE TABLE migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, run_at INTEGER NOT NULL);
        INSERT INTO migrations VALUES (1, 'first', 0), (2, 'second', 0);
        INSERT INTO patrons VALUES (1, 'lastu', '10001', '', '', '1990-05-01', NULL, NULL, 0, 'adult', '', '', '', '', '', '', '', 0, 0, 0, 0, '');
        INSERT INTO cards VALUES (1, 'lastu', 1, $card, X'00', '', 0, NULL, $two, 1, 0, 0);
        INSERT INTO bans VALUES ('coded', 'lastu', 1, 3, '', 0, 1, 'damage', '', 0, '', NULL, '', '');
        INSERT INTO bans VALUES ('written', 'lastu', 1, 3, '', 2, 3, 'broke a window', '', 0, '', NULL, '', '');
        INSERT INTO unknown_cards VALUES ('lastu', $nobodys, $one, 0);
        """;

    public static BlindIndex Nobodys { get; } = new(2, 2);

    public static void Write(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        foreach (var name in new[] { "0001_register.sql", "0002_nodes.sql" })
        {
            Execute(connection, Migration(name));
        }

        Execute(
            connection, Rows,
            ("$card", new BlindIndex(1, 1).ToBytes()), ("$two", new GuessState { WrongInRow = 2 }.ToRow()),
            ("$nobodys", Nobodys.ToBytes()), ("$one", new GuessState { WrongInRow = 1 }.ToRow()));
    }

    private static string Migration(string name)
    {
        using var reader = new StreamReader(
            typeof(RegisterStore).Assembly.GetManifestResourceStream($"KioskLink.Register.Store.Migrations.{name}")!);
        return reader.ReadToEnd();
    }

    private static void Execute(SqliteConnection connection, string sql, params (string Name, object Value)[] parameters)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            command.Parameters.AddWithValue(name, value);
        }

        command.ExecuteNonQuery();
    }
}
