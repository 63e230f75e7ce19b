using System.Globalization;
using System.Reflection;
using Microsoft.Data.Sqlite;

namespace KioskLink.Register.Store;

/// <summary>Runs the numbered SQL files of <c>Store/Migrations</c> once each, in order, every one in its own transaction.</summary>
internal static class Migrator
{
    private const string Folder = ".Migrations.";

    /// <summary>Brings the database up to date.</summary>
    /// <exception cref="StoreProblem">The database was written by a newer program.</exception>
    public static void Run(SqliteConnection connection, long now)
    {
        Execute(connection, null, "CREATE TABLE IF NOT EXISTS migrations (number INTEGER PRIMARY KEY, name TEXT NOT NULL, run_at INTEGER NOT NULL)");
        var done = Done(connection);
        var files = Files();
        if (done.Except(files.Keys).Any())
        {
            throw new StoreProblem("The database was written by a newer KioskLink.Register: start that version, or restore an older copy.");
        }

        foreach (var (number, resource) in files.Where(file => !done.Contains(file.Key)))
        {
            using var transaction = connection.BeginTransaction();
            Execute(connection, transaction, Text(resource));
            using var record = connection.CreateCommand();
            record.Transaction = transaction;
            record.CommandText = "INSERT INTO migrations (number, name, run_at) VALUES ($number, $name, $now)";
            record.Parameters.AddWithValue("$number", number);
            record.Parameters.AddWithValue("$name", resource);
            record.Parameters.AddWithValue("$now", now);
            record.ExecuteNonQuery();
            transaction.Commit();
        }
    }

    private static SortedDictionary<int, string> Files()
    {
        var files = new SortedDictionary<int, string>();
        foreach (var resource in typeof(Migrator).Assembly.GetManifestResourceNames().Where(name => name.EndsWith(".sql", StringComparison.Ordinal)))
        {
            var start = resource.LastIndexOf(Folder, StringComparison.Ordinal) + Folder.Length;
            files.Add(int.Parse(resource.AsSpan(start, 4), CultureInfo.InvariantCulture), resource);
        }

        return files;
    }

    private static HashSet<int> Done(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT number FROM migrations";
        using var reader = command.ExecuteReader();
        var done = new HashSet<int>();
        while (reader.Read())
        {
            done.Add(reader.GetInt32(0));
        }

        return done;
    }

    private static string Text(string resource)
    {
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)!;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    private static void Execute(SqliteConnection connection, SqliteTransaction? transaction, string sql)
    {
        using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
