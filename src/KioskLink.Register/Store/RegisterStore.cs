using System.Data.Common;
using System.Security.Cryptography;
using KioskLink.Register.Audit;
using KioskLink.Register.Facts;
using KioskLink.Register.Rotation;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;

namespace KioskLink.Register.Store;

/// <summary>
/// The register's SQLite file: migrated, proven to belong to the master key, WAL, full synchronisation, deleted content
/// overwritten. Reading is thread-safe, each reader with its own connection; writing goes through <see cref="WriteLane"/>.
/// </summary>
internal sealed class RegisterStore
{
    /// <summary>Name of the file in the data folder.</summary>
    public const string FileName = "register.db";

    /// <summary>What the proof of the key is bound to.</summary>
    public const string KeyCheck = "kiosklink register";

    // Contexts that wait for the next reader: making one costs more than most questions.
    private const int IdleReadersMax = 64;

    private const string Pragmas = "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA busy_timeout = 5000";

    private readonly string _connectionString;
    private readonly PooledDbContextFactory<RegisterDb> _readers;

    private RegisterStore(string file, MasterKey key, string consortium)
    {
        _connectionString = new SqliteConnectionStringBuilder { DataSource = file, ForeignKeys = true }.ToString();
        _readers = new(RegisterDb.Options(builder => builder.UseSqlite(_connectionString)), IdleReadersMax);
        Folder = Path.GetDirectoryName(file)!;
        Consortium = consortium;
        Vault = new Vault(key, consortium);
    }

    /// <summary>The data folder.</summary>
    public string Folder { get; }

    /// <summary>The consortium of every row.</summary>
    public string Consortium { get; }

    /// <summary>Seals and opens what the rows hold.</summary>
    public Vault Vault { get; }

    /// <summary>Opens or makes the file in a folder.</summary>
    /// <exception cref="StoreProblem">Another master key, a newer program's file, a file that is no database, a disk that refuses.</exception>
    public static RegisterStore Open(string folder, MasterKey key, string consortium, TimeProvider time)
    {
        var store = OpenUnproven(folder, key, consortium, time);
        try
        {
            store.RequireNoRotation();
            store.ProveKey(time);
            return store;
        }
        catch (SqliteException problem)
        {
            throw Unusable(problem);
        }
    }

    /// <summary>The same without the proof: for a rotation, during which the file belongs to two keys.</summary>
    /// <exception cref="StoreProblem">A newer program's file, a file that is no database, a disk that refuses.</exception>
    public static RegisterStore OpenUnproven(string folder, MasterKey key, string consortium, TimeProvider time)
    {
        Directory.CreateDirectory(folder);
        var store = new RegisterStore(Path.Combine(folder, FileName), key, consortium);
        try
        {
            using var connection = store.Connect();
            Migrator.Run(connection, time.GetUtcNow().ToUnixTimeMilliseconds());
        }
        catch (SqliteException problem)
        {
            throw Unusable(problem);
        }

        return store;
    }

    /// <summary>Tables for reading; the caller disposes them.</summary>
    public RegisterDb Read()
    {
        var db = _readers.CreateDbContext();
        db.Database.OpenConnection();
        Prepare(db.Connection);
        return db;
    }

    /// <summary>A new open connection with the store's pragmas.</summary>
    public SqliteConnection Connect()
    {
        var connection = new SqliteConnection(_connectionString);
        connection.Open();
        Prepare(connection);
        return connection;
    }

    /// <summary>
    /// Empties the log of writes into the file, where deleted content is overwritten. False when a reader still needs the log: waiting
    /// longer would make writers wait too.
    /// </summary>
    public bool TruncateLog()
    {
        using var connection = Connect();
        using var truncate = connection.CreateCommand();
        truncate.CommandText = "PRAGMA busy_timeout = 250; PRAGMA wal_checkpoint(TRUNCATE)";
        using var answer = truncate.ExecuteReader();
        var isWhole = false;
        do
        {
            while (answer.Read())
            {
                isWhole = answer.FieldCount == 3 && answer.GetInt64(0) == 0;
            }
        }
        while (answer.NextResult());
        return isWhole;
    }

    /// <summary>Proves that the file belongs to the key; a new file belongs to it from now on.</summary>
    /// <exception cref="StoreProblem">It belongs to another key.</exception>
    public void ProveKey(TimeProvider time)
    {
        using var db = Read();
        if (db.Set<RegisterRow>().SingleOrDefault(row => row.Consortium == Consortium) is not { } row)
        {
            db.Add(new RegisterRow
            {
                Consortium = Consortium,
                Epoch = Guid.NewGuid().ToString("N"),
                FloorTime = time.GetUtcNow().ToUnixTimeMilliseconds(),
                KeyCheck = Vault.Seal([], KeyCheck),
            });
            BeginAudit(db);
            return;
        }

        try
        {
            Vault.Open(row.KeyCheck, KeyCheck);
            if (IsUnused(db))
            {
                BeginAudit(db);
            }
        }
        catch (CryptographicException problem)
        {
            throw new StoreProblem(
                "The master key does not open this database: name the key file that was made with it under `masterKey` in register.json.", problem);
        }
    }

    private static void Prepare(DbConnection connection)
    {
        using var pragmas = connection.CreateCommand();
        pragmas.CommandText = Pragmas;
        pragmas.ExecuteNonQuery();
    }

    private void BeginAudit(RegisterDb db)
    {
        db.Add(AuditHeadRow.First(Consortium, Vault));
        db.SaveChanges();
        new HeadFile(Folder).Write(AuditHead.Empty, flush: true);
    }

    // A file that an earlier program made and that nobody has used yet; whatever was used has an audit log.
    private bool IsUnused(RegisterDb db) => !db.Set<AuditHeadRow>().Any(head => head.Consortium == Consortium)
        && !db.Set<AuditRow>().Any(row => row.Consortium == Consortium)
        && !db.Set<ChangeRow>().Any(row => row.Consortium == Consortium);

    private static StoreProblem Unusable(SqliteException problem) => new(
        $"The database {FileName} in the data folder cannot be opened: restore a copy, or check the disk and its rights.", problem);

    private void RequireNoRotation()
    {
        using var db = Read();
        if (db.Set<RotationRow>().Any(row => row.Consortium == Consortium))
        {
            throw new StoreProblem("A rotation of the master key has not ended: run `kiosklink register rotate-key` again, then start the register.");
        }
    }
}
