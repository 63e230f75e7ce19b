using KioskLink.Node.Hosting;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Node.Replica;

/// <summary>The replica's SQLite file: states by entity, and where the replica stands. Commits are synced. One thread at a time.</summary>
internal sealed class ReplicaFile : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS entity (key BLOB PRIMARY KEY, kind INTEGER NOT NULL, version INTEGER NOT NULL,
                                           generation INTEGER NOT NULL, state BLOB NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS mark (epoch TEXT NOT NULL, version INTEGER NOT NULL, generation INTEGER NOT NULL,
                                         key_id BLOB NOT NULL, as_of INTEGER);
        INSERT INTO mark SELECT '', 0, 0, x'', NULL WHERE NOT EXISTS (SELECT 1 FROM mark);
        """;

    private readonly SqliteConnection _connection;

    private ReplicaFile(SqliteConnection connection) => _connection = connection;

    /// <summary>Opens the file and reads it; one that is damaged is deleted and made anew, for the register holds everything in it.</summary>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public static (T Content, bool WasDamaged) Open<T>(string path, Func<ReplicaFile, T> read) =>
        SqliteFiles.OpenOrRemake(path, Schema, connection => read(new ReplicaFile(connection)));

    /// <summary>Where the replica stands.</summary>
    public ReplicaMark ReadMark()
    {
        using var select = _connection.CreateCommand();
        select.CommandText = "SELECT epoch, version, generation, key_id, as_of FROM mark";
        using var row = select.ExecuteReader();
        row.Read();
        var asOf = row.IsDBNull(4) ? (Instant?)null : Instant.FromUnixTimeMilliseconds(row.GetInt64(4));
        return new ReplicaMark(row.GetString(0), row.GetInt64(1), row.GetInt32(2), row.GetFieldValue<byte[]>(3), asOf);
    }

    /// <summary>All that is held.</summary>
    public IEnumerable<(byte[] Key, Held Held)> ReadAll()
    {
        using var select = _connection.CreateCommand();
        select.CommandText = "SELECT key, kind, version, generation, state FROM entity";
        using var row = select.ExecuteReader();
        while (row.Read())
            yield return (row.GetFieldValue<byte[]>(0), new Held((EntityKind)row.GetInt32(1), row.GetInt64(2), row.GetInt32(3), row.GetFieldValue<byte[]>(4)));
    }

    /// <summary>Writes what is in force, and removes what has ended, in one transaction.</summary>
    public void Write(ReplicaWrite write)
    {
        using var transaction = _connection.BeginTransaction();
        WriteStates(write.States, transaction);
        WriteMark(write.Mark, transaction);
        if (write.Drops)
            Drop(write, transaction);
        transaction.Commit();
    }

    /// <summary>Forgets everything, so that it cannot be read from the file either.</summary>
    public void Clear()
    {
        SqliteFiles.Run(_connection, "DELETE FROM entity; UPDATE mark SET epoch = '', version = 0, key_id = x'', as_of = NULL;");
        Compact();
    }

    /// <summary>Empties the log of writes into the file, where what was replaced is overwritten.</summary>
    public void Compact() => SqliteFiles.Run(_connection, "PRAGMA wal_checkpoint(TRUNCATE);");

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Drop(ReplicaWrite write, SqliteTransaction transaction)
    {
        using var delete = Command("DELETE FROM entity WHERE (kind = 0 AND version <= $version) OR generation < $generation", transaction);
        delete.Parameters.AddWithValue("$version", write.Mark.Version);
        delete.Parameters.AddWithValue("$generation", write.Generation);
        delete.ExecuteNonQuery();
    }

    private void WriteStates(IReadOnlyCollection<KeyValuePair<byte[], Held>> states, SqliteTransaction transaction)
    {
        using var upsert = Command(
            "INSERT OR REPLACE INTO entity (key, kind, version, generation, state) VALUES ($key, $kind, $version, $generation, $state)", transaction);
        foreach (var (key, held) in states)
        {
            upsert.Parameters.Clear();
            upsert.Parameters.AddWithValue("$key", key);
            upsert.Parameters.AddWithValue("$kind", (int)held.Kind);
            upsert.Parameters.AddWithValue("$version", held.Version);
            upsert.Parameters.AddWithValue("$generation", held.Generation);
            upsert.Parameters.AddWithValue("$state", held.State);
            upsert.ExecuteNonQuery();
        }
    }

    private void WriteMark(ReplicaMark mark, SqliteTransaction transaction)
    {
        using var update = Command("UPDATE mark SET epoch = $epoch, version = $version, generation = $generation, key_id = $keyId, as_of = $asOf", transaction);
        update.Parameters.AddWithValue("$epoch", mark.Epoch);
        update.Parameters.AddWithValue("$version", mark.Version);
        update.Parameters.AddWithValue("$generation", mark.Generation);
        update.Parameters.AddWithValue("$keyId", mark.KeyId);
        update.Parameters.AddWithValue("$asOf", (object?)mark.AsOf?.ToUnixTimeMilliseconds() ?? DBNull.Value);
        update.ExecuteNonQuery();
    }

    private SqliteCommand Command(string sql, SqliteTransaction transaction)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Transaction = transaction;
        return command;
    }
}
