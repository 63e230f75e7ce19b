using System.Text;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Subjects;

/// <summary>
/// Tells other systems, such as the web library, whom they have to delete too (R58): the customer id waits sealed until the system
/// has confirmed, and is gone then. Thread-safe.
/// </summary>
internal sealed class ErasureNotices(RegisterCore core)
{
    /// <summary>What a sealed customer id is bound to.</summary>
    public static string Binding(long erasureId) => $"erasure notice\0{erasureId}";

    /// <summary>The notices that a recipient has not confirmed, oldest first.</summary>
    public IReadOnlyList<(ErasureNoticeRow Row, string CustomerId)> Open(string recipient, long after, int limit)
    {
        using var db = core.Store.Read();
        return [.. db.Set<ErasureNoticeRow>()
            .Where(row => row.Consortium == core.Store.Consortium && row.ConfirmedAt == null && row.NoticeId > after && (recipient == "" || row.Recipient == recipient))
            .OrderBy(row => row.NoticeId)
            .Take(limit)
            .AsEnumerable()
            .Select(row => (row, Encoding.UTF8.GetString(core.Store.Vault.Open(row.Customer, Binding(row.ErasureId)))))];
    }

    /// <summary>Takes a recipient's word that the person is deleted there; false when there is no such notice.</summary>
    public static bool Confirm(WriteScope scope, long noticeId, string by)
    {
        scope.Db.Set<ErasureNoticeRow>().Where(row => row.Consortium == scope.Consortium && row.NoticeId == noticeId && row.ConfirmedAt == null)
            .ExecuteUpdate(set => set
                .SetProperty(row => row.Customer, Array.Empty<byte>())
                .SetProperty(row => row.ConfirmedAt, scope.NowMs)
                .SetProperty(row => row.ConfirmedBy, by));
        return scope.Db.Set<ErasureNoticeRow>().Any(row => row.Consortium == scope.Consortium && row.NoticeId == noticeId);
    }
}
