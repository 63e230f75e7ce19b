using System.Globalization;
using KioskLink.Node.Hosting;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using Microsoft.Data.Sqlite;
using NodaTime;
using NodaTime.Text;

namespace KioskLink.Node.Outage;

/// <summary>The SQLite file of <see cref="ActBook"/>. Every commit is synced. One thread at a time.</summary>
internal sealed class ActFile : IDisposable
{
    private const string Schema = """
        CREATE TABLE IF NOT EXISTS act (sequence INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE, kind INTEGER NOT NULL, item TEXT NOT NULL, title TEXT NOT NULL,
                                        token BLOB NOT NULL, envelope BLOB NOT NULL, device TEXT NOT NULL,
                                        told INTEGER NOT NULL, trusted INTEGER NOT NULL, boot_id TEXT NOT NULL, boot_time INTEGER NOT NULL,
                                        due_on TEXT NOT NULL, pin INTEGER, noted_by TEXT NOT NULL, may_renew INTEGER NOT NULL, cancels INTEGER NOT NULL,
                                        pick_up_branch TEXT NOT NULL, state INTEGER NOT NULL, reason INTEGER NOT NULL, settled_at INTEGER,
                                        card_end TEXT NOT NULL DEFAULT '', withdraws TEXT NOT NULL DEFAULT '');
        """;

    private const string Columns =
        "sequence, id, kind, item, title, token, envelope, device, told, trusted, boot_id, boot_time, due_on, pin, noted_by, may_renew, cancels, pick_up_branch, state, reason, settled_at, card_end, withdraws";

    private const int PageSize = 4096;
    private static readonly string[] Suffixes = ["", "-wal", "-shm"];
    private readonly SqliteConnection _connection;

    private ActFile(SqliteConnection connection)
    {
        _connection = connection;
        AtStart = ReadAll();
    }

    /// <summary>What was kept when the file was opened, in order.</summary>
    public IReadOnlyList<LoanAct> AtStart { get; }

    /// <summary>Opens the file, or makes it; one that is damaged is set aside whole first, since nobody else holds what is in it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="maxBytes">Its greatest size: at that size the disk counts as full.</param>
    /// <returns>The file, and the path of the one that was set aside; null when none was.</returns>
    /// <exception cref="SqliteException">The disk is full or broken.</exception>
    public static (ActFile File, string? SetAside) Open(string path, long maxBytes)
    {
        try
        {
            return (OpenWhole(path, maxBytes), null);
        }
        catch (Exception damage) when (SqliteFiles.IsDamage(damage) || damage is UnparsableValueException)
        {
            var aside = SetAside(path);
            var file = OpenWhole(path, maxBytes);
            // From now on it is kept as long as the rule says, however long ago it was written.
            File.SetLastWriteTimeUtc(aside, File.GetLastWriteTimeUtc(path));
            return (file, aside);
        }
    }

    /// <summary>Deletes files that were set aside before a time.</summary>
    /// <param name="path">The file in whose place they were.</param>
    /// <param name="limit">The time.</param>
    /// <returns>False when the disk refused.</returns>
    public static bool ForgetAside(string path, Instant limit)
    {
        try
        {
            var old = Asides(path).Where(aside => Instant.FromDateTimeUtc(File.GetLastWriteTimeUtc(aside)) < limit).ToList();
            old.ForEach(Delete);
            return true;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Makes a change in one transaction; it is durable when this returns, or not made.</summary>
    /// <exception cref="SqliteException">The disk does not take it.</exception>
    public void Write(Action<ActFile> change)
    {
        using var transaction = _connection.BeginTransaction();
        change(this);
        transaction.Commit();
    }

    /// <summary>Writes a new act.</summary>
    public void Add(LoanAct act) => Put("INSERT", act);

    /// <summary>Writes an act as it stands now.</summary>
    public void Replace(LoanAct act) => Put("INSERT OR REPLACE", act);

    /// <summary>Removes an act.</summary>
    public void Remove(long sequence)
    {
        using var delete = _connection.CreateCommand();
        delete.CommandText = "DELETE FROM act WHERE sequence = $sequence";
        delete.Parameters.AddWithValue("$sequence", sequence);
        delete.ExecuteNonQuery();
    }

    /// <summary>Empties the log of writes into the file, where what was replaced is overwritten.</summary>
    public void Compact() => SqliteFiles.Run(_connection, "PRAGMA wal_checkpoint(TRUNCATE);");

    /// <inheritdoc/>
    public void Dispose() => _connection.Dispose();

    private void Put(string verb, LoanAct act)
    {
        using var put = _connection.CreateCommand();
        put.CommandText = $"{verb} INTO act ({Columns}) VALUES ({string.Join(", ", Columns.Split(", ").Select(column => "$" + column))})";
        foreach (var (column, value) in Columns.Split(", ").Zip(Values(act)))
            put.Parameters.AddWithValue("$" + column, value ?? DBNull.Value);
        put.ExecuteNonQuery();
    }

    private static ActFile OpenWhole(string path, long maxBytes)
    {
        var connection = SqliteFiles.Open(path, Schema);
        try
        {
            SqliteFiles.Run(connection, $"PRAGMA max_page_count={maxBytes / PageSize};");
            AddColumn(connection, "card_end");
            AddColumn(connection, "withdraws");
            return new ActFile(connection);
        }
        catch
        {
            connection.Dispose();
            throw;
        }
    }

    // A file of a node that was made before the column was.
    private static void AddColumn(SqliteConnection connection, string column)
    {
        using var look = connection.CreateCommand();
        look.CommandText = "SELECT COUNT(*) FROM pragma_table_info('act') WHERE name = $column";
        look.Parameters.AddWithValue("$column", column);
        if (look.ExecuteScalar() is 0L)
            SqliteFiles.Run(connection, $"ALTER TABLE act ADD COLUMN {column} TEXT NOT NULL DEFAULT '';");
    }

    private static string SetAside(string path)
    {
        var number = 1;
        while (File.Exists(Aside(path, number)))
            number++;
        foreach (var suffix in Suffixes.Where(suffix => File.Exists(path + suffix)))
            File.Move(path + suffix, Aside(path, number) + suffix);
        FolderSync.Flush(Path.GetDirectoryName(path)!);
        return Aside(path, number);
    }

    private static void Delete(string aside)
    {
        foreach (var suffix in Suffixes)
            File.Delete(aside + suffix);
        FolderSync.Flush(Path.GetDirectoryName(aside)!);
    }

    private static List<string> Asides(string path) =>
        [.. Directory.EnumerateFiles(Path.GetDirectoryName(path)!, $"{Path.GetFileNameWithoutExtension(path)}.set-aside-*.db")];

    private static string Aside(string path, int number) => Path.ChangeExtension(path, $"set-aside-{number}.db");

    private static object?[] Values(LoanAct act) =>
    [
        act.Sequence, act.Id, (int)act.Kind, act.Item, act.Title, act.Token, act.Envelope, act.Device,
        act.Time.Told.ToUnixTimeMilliseconds(), act.Time.Trusted, act.Time.BootId, (long)act.Time.BootTime.TotalMilliseconds,
        act.DueOn?.ToString("uuuu-MM-dd", CultureInfo.InvariantCulture) ?? "", (int?)act.Pin, act.NotedBy, act.MayRenew, act.Cancels,
        act.PickUpBranch, (int)act.State, (int)act.Reason, act.SettledAt?.ToUnixTimeMilliseconds(), act.CardEnd, act.Withdraws,
    ];

    private List<LoanAct> ReadAll()
    {
        using var select = _connection.CreateCommand();
        select.CommandText = $"SELECT {Columns} FROM act ORDER BY sequence";
        using var row = select.ExecuteReader();
        var acts = new List<LoanAct>();
        while (row.Read())
            acts.Add(Read(row));
        return acts;
    }

    private static LoanAct Read(SqliteDataReader row) => new()
    {
        Sequence = row.GetInt64(0),
        Id = row.GetString(1),
        Kind = (ActKind)row.GetInt32(2),
        Item = row.GetString(3),
        Title = row.GetString(4),
        Token = row.GetFieldValue<byte[]>(5),
        Envelope = row.GetFieldValue<byte[]>(6),
        Device = row.GetString(7),
        Time = new ActTime(At(row.GetInt64(8)), row.GetBoolean(9), row.GetString(10), Duration.FromMilliseconds(row.GetInt64(11))),
        DueOn = row.GetString(12) is { Length: > 0 } due ? LocalDatePattern.Iso.Parse(due).Value : null,
        Pin = row.IsDBNull(13) ? null : (PinResult)row.GetInt32(13),
        NotedBy = row.GetString(14),
        MayRenew = row.GetBoolean(15),
        Cancels = row.GetBoolean(16),
        PickUpBranch = row.GetString(17),
        State = (ActState)row.GetInt32(18),
        Reason = (LoanReason)row.GetInt32(19),
        SettledAt = row.IsDBNull(20) ? null : At(row.GetInt64(20)),
        CardEnd = row.GetString(21),
        Withdraws = row.GetString(22),
    };

    private static Instant At(long milliseconds) => Instant.FromUnixTimeMilliseconds(milliseconds);
}
