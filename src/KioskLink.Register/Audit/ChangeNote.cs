using System.Text.Json;
using KioskLink.Register.Store;

namespace KioskLink.Register.Audit;

/// <summary>
/// What stands for a change until its row is in the chain (R42): one row of <c>audit_changes</c> that is written in the same unit of
/// work as the change, again with each further unit of the same call. The row of the chain takes its place in one unit of work, so it
/// is there exactly once; what a stop leaves behind <see cref="AuditRecovery"/> puts into the chain at the next start. Thread-safe.
/// </summary>
/// <param name="entry">What is known of the call so far; null where a unit needs no row.</param>
/// <param name="about">Learns from units whose data they change, and of which class.</param>
internal sealed class ChangeNote(Func<AuditEntry?> entry, Action<IEnumerable<long>, string> about)
{
    private const string Put = """
        INSERT INTO audit_changes (consortium, call, at, entry) VALUES ($consortium, $call, $at, $entry)
        ON CONFLICT (consortium, call) DO UPDATE SET entry = excluded.entry WHERE length(audit_changes.entry) <> length(excluded.entry)
        """;

    private const string Delete = "DELETE FROM audit_changes WHERE consortium = $consortium AND call = $call";

    private readonly string _call = Guid.NewGuid().ToString("N");
    private (int Subjects, string Fields, byte[] Bytes) _known = (-1, "", []);
    private volatile bool _hasRow;
    private volatile bool _isOver;

    /// <summary>Whether a change has left a row that waits for the chain's.</summary>
    public bool HasRow => _hasRow;

    /// <summary>From here to the end of the calling asynchronous method each unit of work leaves the row.</summary>
    public void Begin() => WriteLane.Accompany(new UnitCompanion(Write, about));

    /// <summary>Ends it: what is written later in the same flow is not the call's.</summary>
    public void End() => _isOver = true;

    /// <summary>Deletes the row, in the unit of work that writes the chain's.</summary>
    public void Settle(WriteScope scope)
    {
        using var delete = scope.Command(Delete, ("$consortium", scope.Consortium), ("$call", _call));
        delete.ExecuteNonQuery();
    }

    private void Write(WriteScope scope)
    {
        if (_isOver || entry() is not { } known)
        {
            return;
        }

        // A call with a thousand units names the same patrons in each.
        if (_known.Subjects != known.Subjects.Count || _known.Fields != known.Fields)
        {
            _known = (known.Subjects.Count, known.Fields, JsonSerializer.SerializeToUtf8Bytes(known));
        }

        _hasRow = true;
        using var put = scope.Command(Put, ("$consortium", scope.Consortium), ("$call", _call), ("$at", scope.NowMs), ("$entry", _known.Bytes));
        put.ExecuteNonQuery();
    }
}

/// <summary>A row of <c>audit_changes</c>.</summary>
[System.ComponentModel.DataAnnotations.Schema.Table("audit_changes")]
[Microsoft.EntityFrameworkCore.PrimaryKey(nameof(Consortium), nameof(Call))]
internal sealed record ChangeNoteRow
{
    public required string Consortium { get; set; }

    public required string Call { get; set; }

    public long At { get; set; }

    public byte[] Entry { get; set; } = [];
}
