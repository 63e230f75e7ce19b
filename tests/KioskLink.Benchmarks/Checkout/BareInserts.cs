using Microsoft.Data.Sqlite;

namespace KioskLink.Benchmarks.Checkout;

/// <summary>The baseline of a durable loan: one small row a transaction into a SQLite file as the register's, each one synced.</summary>
internal sealed class BareInserts : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly SqliteCommand _insert;
    private readonly Lock _gate = new();

    /// <summary>Makes the file in a folder.</summary>
    public BareInserts(string folder)
    {
        _connection = new SqliteConnection($"Data Source={Path.Combine(folder, "bare.db")}");
        _connection.Open();
        using var setup = _connection.CreateCommand();
        setup.CommandText = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; CREATE TABLE rows (id INTEGER PRIMARY KEY, text TEXT NOT NULL)";
        setup.ExecuteNonQuery();
        _insert = _connection.CreateCommand();
        _insert.CommandText = "INSERT INTO rows (text) VALUES ('bench-00000001 2026-12-24 FI-Lh-Renkomaki')";
    }

    /// <summary>Inserts and syncs one row; callers take turns.</summary>
    public Task InsertAsync()
    {
        lock (_gate)
        {
            _insert.ExecuteNonQuery();
        }

        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _connection.Dispose();
    }
}
