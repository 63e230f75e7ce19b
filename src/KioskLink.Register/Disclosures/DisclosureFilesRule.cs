using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Disclosures;

/// <summary>Files of disclosures: whoever they were for has had time to fetch them. What was disclosed stays on record (R55).</summary>
internal sealed class DisclosureFilesRule(RegisterCore core, DisclosureFiles files) : IRetentionRule
{
    private const int SliceRows = 100;

    /// <inheritdoc/>
    public string Name => RetentionRules.DisclosureFiles;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) => [new("files", Due(db, cutoff).LongCount())];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        var due = Due(scope.Db, cutoff).OrderBy(row => row.DisclosureNumber).Take(SliceRows).Select(row => row.DisclosureNumber).ToList();
        due.ForEach(number => DisclosureFiles.Doom(scope, number));
        return RetentionSlice.Of(due.Count, SliceRows);
    }

    /// <inheritdoc/>
    public Task EndAsync() => files.SettleAsync(CancellationToken.None);

    private IQueryable<DisclosureRow> Due(RegisterDb db, long cutoff) => db.Set<DisclosureRow>()
        .Where(row => row.Consortium == core.Store.Consortium && row.RemovedAt == null && row.FileName != "" && row.CreatedAt < cutoff);
}
