using Google.Protobuf;
using KioskLink.Node.Replica;
using KioskLink.Rules.Pins;
using Microsoft.Data.Sqlite;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Node.Deciding;

/// <summary>
/// The PIN guesses spent at this node's doors without the register, by card token, unknown cards too; durable, so that no reboot gives
/// any back. Thread-safe.
/// </summary>
internal sealed class GuessStore : IDisposable
{
    /// <summary>Cards that are counted at once; the longest untouched ones make room.</summary>
    public const int Limit = 10_000;

    private const string Schema = "CREATE TABLE IF NOT EXISTS guess (token BLOB PRIMARY KEY, touched INTEGER NOT NULL, state BLOB NOT NULL) WITHOUT ROWID";
    private readonly Lock _gate = new();
    private readonly SqliteConnection _connection;

    /// <summary>Opens the file, or makes it.</summary>
    public GuessStore(string path)
    {
        _connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        _connection.Open();
        Run("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA secure_delete=ON;");
        Run(Schema);
    }

    /// <summary>Reserves a guess, durably, before the PIN is checked. False: the card waits, or the day's guesses are spent, or the disk is full.</summary>
    public bool TryReserve(byte[] token, GuessState fromRegister, int limit, Instant now)
    {
        lock (_gate)
        {
            var (allowed, state) = GuessRules.ReserveOffline(fromRegister, Read(token), limit, now);
            return allowed && TryWrite(token, state, now);
        }
    }

    /// <summary>Gives a reservation back: the PIN was right, or the register counted the guess.</summary>
    public void GiveBack(byte[] token, Instant now)
    {
        lock (_gate)
            TryWrite(token, GuessRules.Succeed(Read(token), now), now);
    }

    /// <summary>How the guesses of a card stand.</summary>
    public GuessState StateOf(byte[] token)
    {
        lock (_gate)
            return Read(token);
    }

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private GuessState Read(byte[] token)
    {
        using var select = Command("SELECT state FROM guess WHERE token = $token", token);
        return select.ExecuteScalar() is byte[] state ? CardWire.FromProto(Wire.GuessState.Parser.ParseFrom(state)) : GuessState.None;
    }

    private bool TryWrite(byte[] token, GuessState state, Instant now)
    {
        try
        {
            using var upsert = Command("INSERT OR REPLACE INTO guess (token, touched, state) VALUES ($token, $touched, $state)", token);
            upsert.Parameters.AddWithValue("$touched", now.ToUnixTimeMilliseconds());
            upsert.Parameters.AddWithValue("$state", CardWire.ToProto(state).ToByteArray());
            upsert.ExecuteNonQuery();
            MakeRoom();
            return true;
        }
        catch (SqliteException)
        {
            return false;
        }
    }

    private void MakeRoom()
    {
        using var count = _connection.CreateCommand();
        count.CommandText = "SELECT count(*) FROM guess";
        if (count.ExecuteScalar() is long rows && rows > Limit)
            Run($"DELETE FROM guess WHERE token IN (SELECT token FROM guess ORDER BY touched LIMIT {Limit / 10})");
    }

    private SqliteCommand Command(string sql, byte[] token)
    {
        var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.Parameters.AddWithValue("$token", token);
        return command;
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
