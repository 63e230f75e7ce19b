using System.Text.Json;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;

namespace KioskLink.Register.Audit;

/// <summary>
/// Puts into the chain what a stop left between a change and its row (R42): each once, at its own time, with a result that says that
/// the change stands and that nobody knows how the call ended.
/// </summary>
internal static class AuditRecovery
{
    /// <summary>The result of such a row.</summary>
    public const string Result = "UNKNOWN";

    /// <summary>Its reason.</summary>
    public const string Interrupted = "INTERRUPTED";

    /// <summary>Does it, in one unit of work and before any call is taken; how many there were.</summary>
    public static int Run(WriteScope scope, RegisterStore store)
    {
        var rows = scope.Db.Set<ChangeNoteRow>().Where(row => row.Consortium == scope.Consortium).OrderBy(row => row.At).ToList();
        if (rows.Count == 0)
        {
            return 0;
        }

        using var chain = AuditChain.Open(scope, store.Vault, new HeadFile(store.Folder).Read()?.Sequence);
        foreach (var row in rows)
        {
            chain.Append(Read(row) with { At = row.At, Result = Result, Reason = Interrupted });
        }

        chain.Close();
        scope.Db.RemoveRange(rows);
        return rows.Count;
    }

    // A row that somebody has spoilt still tells that there was a change.
    private static AuditEntry Read(ChangeNoteRow row)
    {
        try
        {
            return JsonSerializer.Deserialize<AuditEntry>(row.Entry) ?? Spoilt;
        }
        catch (JsonException)
        {
            return Spoilt;
        }
    }

    private static AuditEntry Spoilt => AuditEntry.OfJob("register", "audit/unreadable", CallPurpose.None);
}
