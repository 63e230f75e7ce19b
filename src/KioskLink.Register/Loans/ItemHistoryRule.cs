using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Loans;

/// <summary>Which patron had which item (R59): some time after the return the item forgets whose it was.</summary>
internal sealed class ItemHistoryRule(RegisterCore core) : IRetentionRule
{
    /// <summary>Rows that one unit of work looks at.</summary>
    public const int SliceRows = 1_000;

    private const string Due = "consortium = $consortium AND patron_id IS NOT NULL AND returned_at < $cutoff";

    /// <inheritdoc/>
    public string Name => RetentionRules.ItemHistory;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
    [
        new("items that forget their patron", Sql.Number(
            db, $"SELECT count(*) FROM item_history WHERE {Due}", ("$consortium", core.Store.Consortium), ("$cutoff", cutoff))),
    ];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        Sql.Run(
            scope.Db,
            $"UPDATE item_history SET patron_id = NULL WHERE consortium = $consortium AND loan_id IN (SELECT loan_id FROM item_history WHERE {Due} LIMIT $limit)",
            ("$consortium", scope.Consortium), ("$cutoff", cutoff), ("$limit", SliceRows)),
        SliceRows);
}
