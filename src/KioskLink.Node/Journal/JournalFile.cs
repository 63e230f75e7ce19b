using Google.Protobuf;
using KioskLink.Node.Clock;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Journal;
using Microsoft.Data.Sqlite;
using NodaTime;

namespace KioskLink.Node.Journal;

/// <summary>
/// The journal's SQLite file: one table of records, and one row that names the journal and what was pruned. Every commit is synced
/// (`synchronous=FULL`). One thread writes; any thread reads.
/// </summary>
internal sealed class JournalFile : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS journal (id TEXT NOT NULL, base_sequence INTEGER NOT NULL, base_hash BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS record (sequence INTEGER PRIMARY KEY, open BLOB NOT NULL, personal_hash BLOB NOT NULL,
                                           salt BLOB NOT NULL, personal BLOB NOT NULL, hash BLOB NOT NULL);
        """;

    private const string Columns = "sequence, open, personal_hash, salt, personal, hash";
    private static readonly string[] Parameters = ["$sequence", "$open", "$personalHash", "$salt", "$personal", "$hash"];
    private const int PageSize = 4096;
    private const int RecordsPerCheckpoint = 512;
    private readonly string _connectionString;
    private readonly SqliteConnection _writer;
    private readonly SqliteCommand _insert;
    private int _uncheckpointed;

    private JournalFile(string path, long maxBytes)
    {
        Path = path;
        _writer = SqliteFiles.Open(path, Schema);
        _connectionString = _writer.ConnectionString;
        Run($"PRAGMA max_page_count={maxBytes / PageSize}; PRAGMA wal_autocheckpoint=0;");
        _insert = _writer.CreateCommand();
        _insert.CommandText = $"INSERT INTO record ({Columns}) VALUES ({string.Join(", ", Parameters)})";
        foreach (var parameter in Parameters)
            _insert.Parameters.Add(new SqliteParameter { ParameterName = parameter });
    }

    /// <summary>Where the file is.</summary>
    public string Path { get; }

    /// <summary>The journal's random id.</summary>
    public string Id { get; private set; } = "";

    /// <summary>The last record; 0 when there is none.</summary>
    public long LastSequence { get; private set; }

    /// <summary>Its hash.</summary>
    public byte[] LastHash { get; private set; } = [];

    /// <summary>The record before the first one that is still here: 0 until something was pruned.</summary>
    public long BaseSequence { get; private set; }

    /// <summary>Its hash.</summary>
    public byte[] BaseHash { get; private set; } = [];

    /// <summary>Opens the file, or makes it with a random id.</summary>
    /// <param name="path">Its path.</param>
    /// <param name="maxBytes">Its greatest size: at that size the disk counts as full.</param>
    /// <exception cref="SqliteException">The disk is full or broken, or the file is damaged.</exception>
    /// <exception cref="InvalidDataException">The file is damaged.</exception>
    public static JournalFile Open(string path, long maxBytes)
    {
        var file = new JournalFile(path, maxBytes);
        try
        {
            file.ReadHeader();
            file.ReadEnd();
            return file;
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    /// <summary>Appends records in one transaction; they are durable when this returns.</summary>
    /// <exception cref="SqliteException">Nothing was appended.</exception>
    public void Append(IReadOnlyList<JournalRecord> records)
    {
        using var transaction = _writer.BeginTransaction();
        _insert.Transaction = transaction;
        foreach (var record in records)
            Insert(record.Sequence, record.Open, record.PersonalHash, record.Salt, record.Personal, record.Hash);
        transaction.Commit();
        (LastSequence, LastHash) = (records[^1].Sequence, records[^1].Hash.ToByteArray());
        _uncheckpointed += records.Count;
    }

    /// <summary>
    /// Moves what the write-ahead log holds into the file, once it holds much: two syncs and many pages, for which no door should wait.
    /// False when the disk refused; nothing is lost, and it is tried again later.
    /// </summary>
    public bool CheckpointIfDue()
    {
        if (_uncheckpointed < RecordsPerCheckpoint)
            return true;
        _uncheckpointed = 0;
        try
        {
            Run("PRAGMA wal_checkpoint(PASSIVE);");
            return true;
        }
        catch (Exception error) when (error is SqliteException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <summary>Reads records from a sequence on, oldest first, on a connection of its own.</summary>
    public IEnumerable<JournalRecord> Read(long from)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = $"SELECT {Columns} FROM record WHERE sequence >= $from ORDER BY sequence";
        select.Parameters.AddWithValue("$from", from);
        using var rows = select.ExecuteReader();
        while (rows.Read())
            yield return ToRecord(rows);
    }

    /// <summary>
    /// The last record that is older than a time. A time that nobody vouched for tells nothing: such a record is as old as the trusted
    /// one after it. 0 when there is none.
    /// </summary>
    public long LastBefore(Instant limit) => Read(1)
        .Select(record => (record.Sequence, Open: SealedRecord.Open(record)))
        .Where(record => record.Open is { ClockTrusted: true, Time: not null })
        .TakeWhile(record => record.Open.Time.FromProto() < limit)
        .Select(record => record.Sequence)
        .LastOrDefault();

    /// <summary>Erases salt and personal part of the records up to a sequence; the chain still verifies.</summary>
    public void ErasePersonal(long upTo)
    {
        using var update = _writer.CreateCommand();
        update.CommandText = "UPDATE record SET salt = x'', personal = x'' WHERE sequence <= $upTo AND length(personal) > 0";
        update.Parameters.AddWithValue("$upTo", upTo);
        if (update.ExecuteNonQuery() > 0)
            Run("PRAGMA wal_checkpoint(TRUNCATE);");
    }

    /// <summary>Erases salt and personal part of the records of one card; the chain still verifies.</summary>
    public void ErasePersonalOf(byte[] token)
    {
        using var update = _writer.CreateCommand();
        update.CommandText = "UPDATE record SET salt = x'', personal = x'' WHERE length(personal) > 0 AND instr(personal, $token) > 0";
        update.Parameters.AddWithValue("$token", token);
        update.ExecuteNonQuery();
        Run("PRAGMA wal_checkpoint(TRUNCATE);");
    }

    /// <summary>The records of one card, oldest first, on a connection of its own.</summary>
    public IEnumerable<JournalRecord> ReadOf(byte[] token)
    {
        using var connection = new SqliteConnection(_connectionString);
        connection.Open();
        using var select = connection.CreateCommand();
        select.CommandText = $"SELECT {Columns} FROM record WHERE length(personal) > 0 AND instr(personal, $token) > 0 ORDER BY sequence";
        select.Parameters.AddWithValue("$token", token);
        using var rows = select.ExecuteReader();
        while (rows.Read())
            yield return ToRecord(rows);
    }

    /// <summary>Removes the records up to a sequence, but never the last one; the hash of the last one removed is kept.</summary>
    public void Prune(long upTo)
    {
        var cut = Math.Min(upTo, LastSequence - 1);
        var last = Read(cut).FirstOrDefault();
        if (last?.Sequence != cut)
            return;
        using var transaction = _writer.BeginTransaction();
        using var prune = _writer.CreateCommand();
        prune.Transaction = transaction;
        prune.CommandText = "UPDATE journal SET base_sequence = $cut, base_hash = $hash; DELETE FROM record WHERE sequence <= $cut";
        prune.Parameters.AddWithValue("$cut", cut);
        prune.Parameters.AddWithValue("$hash", last.Hash.ToByteArray());
        prune.ExecuteNonQuery();
        transaction.Commit();
        (BaseSequence, BaseHash) = (cut, last.Hash.ToByteArray());
        Run("PRAGMA wal_checkpoint(TRUNCATE);");
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _writer.Dispose();
    }

    private void Insert(long sequence, params ReadOnlySpan<ByteString> blobs)
    {
        _insert.Parameters[0].Value = sequence;
        for (var blob = 0; blob < blobs.Length; blob++)
            _insert.Parameters[blob + 1].Value = blobs[blob].ToByteArray();
        _insert.ExecuteNonQuery();
    }

    private static JournalRecord ToRecord(SqliteDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        Open = Bytes(row, 1),
        PersonalHash = Bytes(row, 2),
        Salt = Bytes(row, 3),
        Personal = Bytes(row, 4),
        Hash = Bytes(row, 5),
    };

    private static ByteString Bytes(SqliteDataReader row, int column) => UnsafeByteOperations.UnsafeWrap(row.GetFieldValue<byte[]>(column));

    private void ReadHeader()
    {
        Run($"INSERT INTO journal SELECT '{Guid.NewGuid():N}', 0, zeroblob({EventChain.HashLength}) WHERE NOT EXISTS (SELECT 1 FROM journal)");
        using var select = _writer.CreateCommand();
        select.CommandText = "SELECT id, base_sequence, base_hash FROM journal";
        using var row = select.ExecuteReader();
        row.Read();
        (Id, BaseSequence, BaseHash) = (row.GetString(0), row.GetInt64(1), row.GetFieldValue<byte[]>(2));
    }

    private void ReadEnd()
    {
        using var select = _writer.CreateCommand();
        select.CommandText = "SELECT sequence, hash FROM record ORDER BY sequence DESC LIMIT 1";
        using var row = select.ExecuteReader();
        (LastSequence, LastHash) = row.Read() ? (row.GetInt64(0), row.GetFieldValue<byte[]>(1)) : (BaseSequence, BaseHash);
    }

    private void Run(string sql) => SqliteFiles.Run(_writer, sql);
}
