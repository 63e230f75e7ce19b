using Google.Protobuf;
using KioskLink.Node.Hosting;
using KioskLink.Node.Replica;
using Microsoft.Data.Sqlite;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Deciding;

/// <summary>The SQLite file of <see cref="GuessStore"/>. Commits are synced. One thread at a time.</summary>
internal sealed class GuessFile : IDisposable
{
    private const string Schema = "CREATE TABLE IF NOT EXISTS guess (token BLOB PRIMARY KEY, touched INTEGER NOT NULL, state BLOB NOT NULL) WITHOUT ROWID";
    private readonly SqliteConnection _connection;

    private GuessFile(SqliteConnection connection)
    {
        _connection = connection;
        AtStart = ReadAll();
    }

    /// <summary>What was counted when the file was opened.</summary>
    public Dictionary<byte[], Counted> AtStart { get; }

    /// <summary>Opens the file; one that is damaged is deleted and made anew, since what it counted cannot be known any more.</summary>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public static (GuessFile File, bool WasDamaged) Open(string path) =>
        SqliteFiles.OpenOrRemake(path, Schema, connection => new GuessFile(connection));

    /// <summary>Writes changes in one transaction, null for a card that is counted no more; false when the disk does not take them.</summary>
    public bool TryWrite(IReadOnlyCollection<(byte[] Token, Counted? Counted)> changes)
    {
        try
        {
            using var transaction = _connection.BeginTransaction();
            foreach (var (token, counted) in changes)
                Write(token, counted, transaction);
            transaction.Commit();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Write(byte[] token, Counted? counted, SqliteTransaction transaction)
    {
        using var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.Parameters.AddWithValue("$token", token);
        command.CommandText = counted is null ? "DELETE FROM guess WHERE token = $token" : "INSERT OR REPLACE INTO guess (token, touched, state) VALUES ($token, $touched, $state)";
        if (counted is not null)
        {
            command.Parameters.AddWithValue("$touched", counted.Touched.ToUnixTimeMilliseconds());
            command.Parameters.AddWithValue("$state", CardWire.ToProto(counted.State).ToByteArray());
        }
        command.ExecuteNonQuery();
    }

    private Dictionary<byte[], Counted> ReadAll()
    {
        var counted = new Dictionary<byte[], Counted>(ByteArrays.Equality);
        using var select = _connection.CreateCommand();
        select.CommandText = "SELECT token, touched, state FROM guess";
        using var row = select.ExecuteReader();
        while (row.Read())
        {
            var state = CardWire.FromProto(Wire.GuessState.Parser.ParseFrom(row.GetFieldValue<byte[]>(2)));
            counted[row.GetFieldValue<byte[]>(0)] = new Counted(state, Instant.FromUnixTimeMilliseconds(row.GetInt64(1)));
        }
        return counted;
    }
}
