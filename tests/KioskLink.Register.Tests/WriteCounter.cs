using KioskLink.Register.Store;
using Microsoft.Data.Sqlite;

namespace KioskLink.Register.Tests;

/// <summary>Counts what is written to a register's tables, row by row, with triggers in its own database.</summary>
internal static class WriteCounter
{
    /// <summary>What one piece of work writes: `table operation` and how often, in the order of their names.</summary>
    public static async Task<IReadOnlyList<string>> CountAsync(RegisterStore store, Func<Task> work)
    {
        using var connection = store.Connect();
        Prepare(connection);
        await work();
        return Read(connection);
    }

    private static void Prepare(SqliteConnection connection)
    {
        var tables = Column(connection, "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name <> 'written'");
        Execute(connection, "CREATE TABLE IF NOT EXISTS written (what TEXT NOT NULL)");
        foreach (var (table, operation) in tables.SelectMany(_ => new[] { "INSERT", "UPDATE", "DELETE" }, (table, operation) => (table, operation)))
        {
            Execute(
                connection,
                $"CREATE TRIGGER IF NOT EXISTS written_{table}_{operation} AFTER {operation} ON {table} BEGIN INSERT INTO written VALUES ('{table} {operation}'); END");
        }

        Execute(connection, "DELETE FROM written");
    }

    private static List<string> Read(SqliteConnection connection) =>
        Column(connection, "SELECT what || ' ' || count(*) FROM written GROUP BY what ORDER BY what");

    private static List<string> Column(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        using var reader = command.ExecuteReader();
        var values = new List<string>();
        while (reader.Read())
        {
            values.Add(reader.GetString(0));
        }

        return values;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
