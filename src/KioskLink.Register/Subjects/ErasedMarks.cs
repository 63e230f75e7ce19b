using System.Security.Cryptography;
using System.Text;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Subjects;

/// <summary>What a mark stands for.</summary>
internal enum ErasedKind
{
    /// <summary>A customer id.</summary>
    Customer,

    /// <summary>An identity code, upper case.</summary>
    Identity,

    /// <summary>A card number, normalised.</summary>
    Card,

    /// <summary>The register's own number of a person who answers for patrons and is none.</summary>
    Person,
}

/// <summary>
/// Keyed hashes of what was erased: the only thing that is left of a person, so that no import and no robot brings the data back.
/// They have a key of their own, which outlives the master key, for what they were made of is gone. Thread-safe.
/// </summary>
internal sealed class ErasedMarks(RegisterCore core)
{
    /// <summary>What the sealed key is bound to.</summary>
    public const string KeyBinding = "erased marks";

    private const int KeyBytes = 32;
    private const int MarkBytes = 16;

    private volatile byte[]? _key;

    /// <summary>Whether any of these was erased.</summary>
    public bool Holds(RegisterDb db, params ReadOnlySpan<(ErasedKind Kind, string Value)> values)
    {
        if (Key(db) is not { } key)
        {
            return false;
        }

        var marks = Marks(key, values);
        return db.Set<ErasedMarkRow>().Any(row => row.Consortium == core.Store.Consortium && row.ReturnedAt == null && marks.Contains(row.Mark));
    }

    /// <summary>Marks values as erased.</summary>
    public void Add(WriteScope scope, params ReadOnlySpan<(ErasedKind Kind, string Value)> values)
    {
        foreach (var mark in Marks(Key(scope.Db) ?? MakeKey(scope), values))
        {
            Sql.Run(
                scope.Db, "INSERT OR REPLACE INTO erased_marks (consortium, mark, erased_at) VALUES ($consortium, $mark, $now)",
                ("$consortium", scope.Consortium), ("$mark", mark), ("$now", scope.NowMs));
        }
    }

    /// <summary>Takes marks away: the person has come back to the desk and is registered anew.</summary>
    public void Remove(WriteScope scope, params ReadOnlySpan<(ErasedKind Kind, string Value)> values)
    {
        if (Key(scope.Db) is { } key)
        {
            var marks = Marks(key, values);
            scope.Db.Set<ErasedMarkRow>()
                .Where(row => row.Consortium == scope.Consortium && marks.Contains(row.Mark))
                .ExecuteUpdate(set => set.SetProperty(row => row.ReturnedAt, scope.NowMs));
        }
    }

    /// <summary>Names a key of marks; tells nothing about it.</summary>
    public static string IdOf(byte[] key) => Convert.ToHexStringLower(SHA256.HashData(key).AsSpan(0, MarkBytes));

    /// <summary>Takes marks over from the list of erasures.</summary>
    public static void Add(WriteScope scope, IEnumerable<(byte[] Mark, long ErasedAt)> taken)
    {
        foreach (var (mark, erasedAt) in taken)
        {
            Sql.Run(
                scope.Db, "INSERT OR IGNORE INTO erased_marks (consortium, mark, erased_at) VALUES ($consortium, $mark, $at)",
                ("$consortium", scope.Consortium), ("$mark", mark), ("$at", erasedAt));
        }
    }

    /// <summary>Forgets marks of people who came back, once the list of erasures does not hold them any more.</summary>
    public static void Drop(WriteScope scope, IReadOnlyList<byte[]> returned)
    {
        foreach (var mark in returned)
        {
            scope.Db.Set<ErasedMarkRow>().Where(row => row.Consortium == scope.Consortium && row.Mark == mark && row.ReturnedAt != null).ExecuteDelete();
        }
    }

    /// <summary>Takes a key over from the list of erasures, where the database has none of its own.</summary>
    public void Adopt(WriteScope scope, byte[] key)
    {
        if (Key(scope.Db) is null)
        {
            Keep(scope, key);
        }
    }

    /// <summary>The marks of values under a key.</summary>
    public IReadOnlyList<byte[]> Of(byte[] key, params ReadOnlySpan<(ErasedKind Kind, string Value)> values) => Marks(key, values);

    /// <summary>The key; null until something is erased.</summary>
    public byte[]? Key(RegisterDb db) =>
        _key ??= db.Set<ErasureKeyRow>().SingleOrDefault(row => row.Consortium == core.Store.Consortium) is { } row
            ? core.Store.Vault.Open(row.SealedKey, KeyBinding)
            : null;

    private List<byte[]> Marks(byte[] key, ReadOnlySpan<(ErasedKind Kind, string Value)> values)
    {
        var marks = new List<byte[]>(values.Length);
        foreach (var (kind, value) in values)
        {
            if (value.Length > 0)
            {
                marks.Add(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{core.Store.Consortium}\0{kind}\0{value}"))[..MarkBytes]);
            }
        }

        return marks;
    }

    // Not kept in memory before it is committed: the next reader reads it.
    private byte[] MakeKey(WriteScope scope)
    {
        var key = RandomNumberGenerator.GetBytes(KeyBytes);
        Keep(scope, key);
        return key;
    }

    private void Keep(WriteScope scope, byte[] key)
    {
        scope.Db.Add(new ErasureKeyRow { Consortium = scope.Consortium, SealedKey = core.Store.Vault.Seal(key, KeyBinding) });
        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
    }
}
