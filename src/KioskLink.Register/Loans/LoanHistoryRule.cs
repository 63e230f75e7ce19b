using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Loans;

/// <summary>A patron's own history of loans (R23): also who wants it has it for the profile's period after each return and no longer.</summary>
internal sealed class LoanHistoryRule(RegisterCore core) : IRetentionRule
{
    /// <summary>Rows that one unit of work deletes.</summary>
    public const int SliceRows = 1_000;

    private const string Due = "consortium = $consortium AND returned_at < $cutoff";

    /// <inheritdoc/>
    public string Name => RetentionRules.LoanHistory;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
        [new("loans in patrons' histories", Sql.Number(db, $"SELECT count(*) FROM loan_history WHERE {Due}", ("$consortium", core.Store.Consortium), ("$cutoff", cutoff)))];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after) => RetentionSlice.Of(
        Sql.Run(
            scope.Db,
            $"DELETE FROM loan_history WHERE consortium = $consortium AND loan_id IN (SELECT loan_id FROM loan_history WHERE {Due} LIMIT $limit)",
            ("$consortium", scope.Consortium), ("$cutoff", cutoff), ("$limit", SliceRows)),
        SliceRows);
}
