using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using KioskLink.Register.Subjects;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.PatronNotices;

/// <summary>Notices in the spool folder that nobody has fetched: they go with an erased person, and when their time is over. Thread-safe.</summary>
internal sealed class NoticeFiles(RegisterCore core, Spool spool) : IErasedFiles, IRetentionRule
{
    private const int SliceRows = 200;

    /// <inheritdoc/>
    public string Name => RetentionRules.NoticeFiles;

    /// <inheritdoc/>
    public async Task SettleAsync(CancellationToken cancel)
    {
        List<string> doomed;
        await using (var db = core.Store.Read())
        {
            doomed = [.. db.Set<DoomedNoticeRow>().Where(row => row.Consortium == core.Store.Consortium).Select(row => row.File)];
        }

        foreach (var file in doomed)
        {
            spool.Erase(file);
        }

        if (doomed.Count > 0)
        {
            await core.Lane.WriteAsync(
                scope =>
                {
                    foreach (var file in doomed)
                    {
                        scope.Db.Set<DoomedNoticeRow>().Where(row => row.Consortium == scope.Consortium && row.File == file).ExecuteDelete();
                    }
                },
                cancel);
        }
    }

    /// <summary>Decides in a unit of work that a notice's file must go.</summary>
    public static void Doom(WriteScope scope, string file) => Sql.Run(
        scope.Db, "INSERT OR IGNORE INTO doomed_notices (consortium, file) VALUES ($consortium, $file)", ("$consortium", scope.Consortium), ("$file", file));

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) => [new("files", Due(db, cutoff).LongCount())];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        var due = Due(scope.Db, cutoff).OrderBy(row => row.SentAt).Take(SliceRows).ToList();
        foreach (var row in due)
        {
            Doom(scope, row.File);
            scope.Db.Update(row with { File = "" });
        }

        scope.Db.SaveChanges();
        scope.Db.ChangeTracker.Clear();
        return RetentionSlice.Of(due.Count, SliceRows);
    }

    /// <inheritdoc/>
    public Task EndAsync() => SettleAsync(CancellationToken.None);

    private IQueryable<SentNoticeRow> Due(RegisterDb db, long cutoff) =>
        db.Set<SentNoticeRow>().Where(row => row.Consortium == core.Store.Consortium && row.File != "" && row.SentAt < cutoff);
}
