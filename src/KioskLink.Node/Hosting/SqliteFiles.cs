using Google.Protobuf;
using Microsoft.Data.Sqlite;

namespace KioskLink.Node.Hosting;

/// <summary>How the node keeps its SQLite files: write-ahead log, every commit synced, deleted content overwritten.</summary>
internal static class SqliteFiles
{
    private const int DamagedFile = 11; // SQLITE_CORRUPT
    private const int NoDatabase = 26; // SQLITE_NOTADB

    /// <summary>Opens a file whose content can be had again, or makes it, and reads it; one that is damaged is deleted and made anew.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Makes its tables where they are missing.</param>
    /// <param name="read">Reads what it holds.</param>
    /// <exception cref="SqliteException">The disk is full or broken; the file is left as it is.</exception>
    public static (T Content, bool WasDamaged) OpenOrRemake<T>(string path, string schema, Func<SqliteConnection, T> read)
    {
        try
        {
            return (OpenAndRead(path, schema, read), false);
        }
        catch (Exception damage) when (IsDamage(damage))
        {
            foreach (var suffix in new[] { "", "-wal", "-shm" })
                File.Delete(path + suffix);
            return (OpenAndRead(path, schema, read), true);
        }
    }

    /// <summary>Opens a file and checks its pages, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="schema">Makes its tables where they are missing.</param>
    /// <exception cref="SqliteException">The disk is full or broken, or the file is damaged.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static SqliteConnection Open(string path, string schema)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        try
        {
            connection.Open();
            Run(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
            Run(connection, schema);
            CheckPages(connection);
            return connection;
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    /// <summary>Runs statements without result.</summary>
    public static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Whether an error says that the file, not the disk, is broken.</summary>
    public static bool IsDamage(Exception error) =>
        error is InvalidDataException or FormatException or InvalidProtocolBufferException or SqliteException { SqliteErrorCode: DamagedFile or NoDatabase };

    private static T OpenAndRead<T>(string path, string schema, Func<SqliteConnection, T> read)
    {
        var connection = Open(path, schema);
        try
        {
            return read(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    private static void CheckPages(SqliteConnection connection)
    {
        using var check = connection.CreateCommand();
        check.CommandText = "PRAGMA quick_check(1)";
        if (check.ExecuteScalar() is not "ok")
            throw new InvalidDataException("the file's pages are damaged");
    }
}
