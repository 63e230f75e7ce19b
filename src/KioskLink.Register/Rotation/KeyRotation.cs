using System.Security.Cryptography;
using KioskLink.Register.Store;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Rotation;

/// <summary>How a rotation stands.</summary>
/// <param name="Rows">Rows sealed anew.</param>
/// <param name="Total">Rows there are.</param>
internal sealed record RotationProgress(long Rows, long Total);

/// <summary>
/// Gives a register that is stopped a new master key (DESIGN 6), resumable after a kill at any moment: 1 the next key is durable
/// beside the one in force, 2 rows are sealed anew in batches, each with the mark of how far it came, 3 the key files are
/// exchanged. Blind indexes depend on the key and are made anew with it, which is why nobody may look anything up meanwhile.
/// Until the end the register does not start, and both keys are needed. Not thread-safe; the caller has locked the data folder.
/// </summary>
internal sealed class KeyRotation
{
    /// <summary>Rows of one transaction.</summary>
    public const int BatchRows = 2_000;

    private readonly KeyFiles _files;
    private readonly RegisterStore _store;
    private readonly int _batchRows;

    private KeyRotation(KeyFiles files, RegisterStore store, int batchRows) => (_files, _store, _batchRows) = (files, store, batchRows);

    /// <summary>Rotates, or goes on with the rotation that was begun.</summary>
    /// <param name="data">The data folder.</param>
    /// <param name="files">The key files.</param>
    /// <param name="consortium">The consortium.</param>
    /// <param name="time">The clock.</param>
    /// <param name="tell">Told after each durable batch.</param>
    /// <param name="batchRows">Rows of one transaction.</param>
    /// <returns>The rows sealed anew, those of earlier runs included.</returns>
    /// <exception cref="StoreProblem">It cannot begin or go on; what is done stays done.</exception>
    public static long Run(
        string data, KeyFiles files, string consortium, TimeProvider time, Action<RotationProgress> tell, int batchRows = BatchRows)
    {
        var store = RegisterStore.OpenUnproven(data, KeyFiles.Read(files.InForce), consortium, time);
        try
        {
            return new KeyRotation(files, store, batchRows).Run(tell, time);
        }
        catch (CryptographicException)
        {
            throw new StoreProblem("A sealed row opens under neither key: restore a copy of the database that belongs to the key in force, and rotate again.");
        }
        catch (Exception problem) when (problem is SqliteException or DbUpdateException or IOException or UnauthorizedAccessException)
        {
            throw new StoreProblem($"The rotation stopped: {problem.Message} Check the disk's room and rights and run it again; it goes on where it stopped.", problem);
        }
    }

    private long Run(Action<RotationProgress> tell, TimeProvider time)
    {
        using var connection = _store.Connect();
        var rotation = Find(connection) ?? Begin(connection, time);
        if (!rotation.Sealed)
        {
            Seal(connection, rotation, tell);
        }

        if (KeyFiles.Read(_files.InForce).Id != rotation.NewKey)
        {
            RequireNext(rotation);
            _files.Exchange();
        }

        End(connection);
        return rotation.RowsDone;
    }

    private RotationRow Begin(SqliteConnection connection, TimeProvider time)
    {
        if (File.Exists(_files.Before))
        {
            throw new StoreProblem($"The key before the last rotation still lies in {_files.Before}: move it to the copies of the database that need it, or delete it, and rotate again.");
        }

        _store.ProveKey(time);
        _files.MakeNext();
        using var db = RegisterDb.On(connection);
        var rotation = new RotationRow { Consortium = _store.Consortium, NewKey = KeyFiles.Read(_files.Next).Id };
        db.Add(rotation);
        db.SaveChanges();
        return rotation;
    }

    private void Seal(SqliteConnection connection, RotationRow rotation, Action<RotationProgress> tell)
    {
        var next = RequireNext(rotation);
        var resealing = new Resealing(connection, _store.Consortium, _store.Vault, new Vault(next, _store.Consortium));
        var total = resealing.CountRows();
        while (!rotation.Sealed)
        {
            using (var transaction = connection.BeginTransaction())
            {
                Step(resealing, rotation);
                Note(connection, transaction, rotation);
                transaction.Commit();
            }

            tell(new RotationProgress(rotation.RowsDone, total));
        }
    }

    private void Step(Resealing resealing, RotationRow rotation)
    {
        if (rotation.TableNumber == resealing.Tables)
        {
            resealing.SealRest();
            rotation.Sealed = true;
            return;
        }

        var (rows, last) = resealing.Seal(rotation.TableNumber, rotation.After, _batchRows);
        rotation.RowsDone += rows;
        (rotation.TableNumber, rotation.After) = rows < _batchRows ? (rotation.TableNumber + 1, 0) : (rotation.TableNumber, last);
    }

    private MasterKey RequireNext(RotationRow rotation) =>
        File.Exists(_files.Next) && KeyFiles.Read(_files.Next) is { } next && next.Id == rotation.NewKey
            ? next
            : throw new StoreProblem($"The rotation has sealed rows under the key {rotation.NewKey}, which should lie in {_files.Next} and does not: put that file back and rotate again.");

    private RotationRow? Find(SqliteConnection connection)
    {
        using var db = RegisterDb.On(connection);
        return db.Set<RotationRow>().SingleOrDefault(row => row.Consortium == _store.Consortium);
    }

    private static void Note(SqliteConnection connection, SqliteTransaction transaction, RotationRow rotation)
    {
        using var db = RegisterDb.On(connection);
        db.Database.UseTransaction(transaction);
        db.Update(rotation);
        db.SaveChanges();
    }

    // What the old key opens is overwritten in the file by then; the log of writes must not keep it either.
    private void End(SqliteConnection connection)
    {
        using var db = RegisterDb.On(connection);
        db.Set<RotationRow>().Where(row => row.Consortium == _store.Consortium).ExecuteDelete();
        using var truncate = connection.CreateCommand();
        truncate.CommandText = "PRAGMA wal_checkpoint(TRUNCATE)";
        truncate.ExecuteNonQuery();
    }
}
