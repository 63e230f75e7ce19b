using System.Data.Common;
using KioskLink.Register.Store;

namespace KioskLink.Register.Audit;

/// <summary>
/// Appends to the chain within one unit of work, so that rows are durable together with what else the unit writes, or not at
/// all. <see cref="Close"/> ends it. Not thread-safe.
/// </summary>
internal sealed class AuditChain : IDisposable
{
    /// <summary>The action of a row that tells that the chain before it had been tampered with.</summary>
    public const string Evidence = "audit/broken";

    private const string Register = "register";

    private const string Read = """
        SELECT sequence, hash, floor_sequence, floor_hash, seal FROM audit_heads WHERE consortium = $consortium
        """;

    private const string Last = "SELECT sequence, hash FROM audit WHERE consortium = $consortium ORDER BY sequence DESC LIMIT 1";

    private const string Insert = """
        INSERT INTO audit (consortium, sequence, at, actor, role, action, purpose, subjects, fields, device, result, reason, calls, digest, hash)
        VALUES ($consortium, $sequence, $at, $actor, $role, $action, $purpose, $subjects, $fields, $device, $result, $reason, $calls, $digest, $hash)
        """;

    private const string Subject = "INSERT INTO audit_subjects (consortium, subject, sequence) VALUES ($consortium, $subject, $sequence)";

    private const string Write = """
        INSERT OR REPLACE INTO audit_heads (consortium, sequence, hash, floor_sequence, floor_hash, seal)
        VALUES ($consortium, $sequence, $hash, $floorSequence, $floorHash, $seal)
        """;

    private readonly WriteScope _scope;
    private readonly Vault _vault;
    private readonly DbCommand _insert;
    private readonly DbCommand _subject;

    private AuditChain(WriteScope scope, Vault vault, AuditHead head)
    {
        (_scope, _vault, Head) = (scope, vault, head);
        _insert = scope.Command(
            Insert, ("$consortium", null), ("$sequence", null), ("$at", null), ("$actor", null), ("$role", null), ("$action", null), ("$purpose", null),
            ("$subjects", null), ("$fields", null), ("$device", null), ("$result", null), ("$reason", null), ("$calls", null), ("$digest", null), ("$hash", null));
        _subject = scope.Command(Subject, ("$consortium", scope.Consortium), ("$subject", null), ("$sequence", null));
    }

    /// <summary>The chain's end, with what was appended.</summary>
    public AuditHead Head { get; private set; }

    /// <summary>The sequence of the next row.</summary>
    public long Next => Head.Sequence + 1;

    /// <summary>Opens the chain at its end. An end that is not the register's own leaves a row that says so, and never a silence.</summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="vault">Proves the head.</param>
    /// <param name="known">A row that is known to have been durable; null when what should tell of it is gone.</param>
    public static AuditChain Open(WriteScope scope, Vault vault, long? known)
    {
        var (head, wrong) = ReadHead(scope, vault);
        var chain = new AuditChain(scope, vault, head);
        if ((head.Sequence < known ? "TAIL_MISSING" : wrong ?? (known is null ? "ANCHOR_MISSING" : null)) is { } reason)
        {
            chain.Append(new AuditEntry { Actor = Register, Role = AuditEntry.System, Action = Evidence, Result = "DATA_LOSS", Reason = reason });
        }

        return chain;
    }

    /// <summary>Appends a row; further rows, which count no call, where it concerns more patrons than one row names.</summary>
    public void Append(AuditEntry entry)
    {
        var parts = entry.Subjects.Distinct().Order().Chunk(AuditEntry.SubjectsMax).ToList();
        Append(entry, parts is [var first, ..] ? first : []);
        foreach (var more in parts.Skip(1))
        {
            Append(entry with { Calls = 0, Digest = null }, more);
        }
    }

    /// <summary>Notes that retention deleted the rows up to one: what is left follows it.</summary>
    public void BeginAfter(long sequence, byte[] hash) => Head = Head with { FloorSequence = sequence, FloorHash = hash };

    /// <summary>Writes the head.</summary>
    public AuditHead Close()
    {
        using var write = _scope.Command(
            Write, ("$consortium", _scope.Consortium), ("$sequence", Head.Sequence), ("$hash", Head.Hash), ("$floorSequence", Head.FloorSequence),
            ("$floorHash", Head.FloorHash), ("$seal", Head.Seal(_vault)));
        write.ExecuteNonQuery();
        return Head;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _insert.Dispose();
        _subject.Dispose();
    }

    private void Append(AuditEntry entry, long[] subjects)
    {
        var row = new AuditRow
        {
            Consortium = _scope.Consortium,
            Sequence = Next,
            At = entry.At ?? _scope.NowMs,
            Actor = entry.Actor,
            Role = entry.Role,
            Action = entry.Action,
            Purpose = entry.Purpose,
            Subjects = string.Join(' ', subjects),
            Fields = entry.Fields,
            Device = entry.Device,
            Result = entry.Result,
            Reason = entry.Reason,
            Calls = entry.Calls,
            Digest = entry.Digest,
        };
        row.Hash = AuditHash.Next(Head.Hash, row);
        Run(
            _insert, row.Consortium, row.Sequence, row.At, row.Actor, row.Role, row.Action, row.Purpose, row.Subjects, row.Fields, row.Device, row.Result,
            row.Reason, row.Calls, row.Digest, row.Hash);
        foreach (var subject in subjects)
        {
            Run(_subject, row.Consortium, subject, row.Sequence);
        }

        Head = Head with { Sequence = row.Sequence, Hash = row.Hash };
    }

    /// <summary>Where to go on, and what is wrong there; null when all is well.</summary>
    private static (AuditHead Head, string? Wrong) ReadHead(WriteScope scope, Vault vault)
    {
        var (sequence, hash) = ReadLast(scope);
        using var read = scope.Command(Read, ("$consortium", scope.Consortium));
        using var reader = read.ExecuteReader();
        if (!reader.Read())
        {
            return (AuditHead.Empty with { Sequence = sequence, Hash = hash }, "HEAD_MISSING");
        }

        var head = new AuditHead(reader.GetInt64(0), (byte[])reader[1], reader.GetInt64(2), (byte[])reader[3]);
        var isSealed = head.IsSealedBy((byte[])reader[4], vault);
        if (sequence > head.Sequence)
        {
            return (head with { Sequence = sequence, Hash = hash }, "HEAD_BEHIND");
        }

        return (head, !isSealed ? "HEAD_NOT_SEALED" : sequence < head.Sequence && head.Sequence > head.FloorSequence ? "TAIL_MISSING" : null);
    }

    private static (long Sequence, byte[] Hash) ReadLast(WriteScope scope)
    {
        using var read = scope.Command(Last, ("$consortium", scope.Consortium));
        using var reader = read.ExecuteReader();
        return reader.Read() ? (reader.GetInt64(0), (byte[])reader[1]) : (0, AuditHash.Genesis);
    }

    private static void Run(DbCommand command, params ReadOnlySpan<object?> values)
    {
        for (var i = 0; i < values.Length; i++)
        {
            command.Parameters[i].Value = values[i] ?? DBNull.Value;
        }

        command.ExecuteNonQuery();
    }
}
