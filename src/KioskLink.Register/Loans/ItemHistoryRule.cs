using KioskLink.Register.Retention;
using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Loans;

/// <summary>
/// Which patron had which item (R59): some time after the return the item forgets whose it was, and so do the matters that staff has
/// settled, the fees and invoices that are paid, and the messages that told of it.
/// </summary>
internal sealed class ItemHistoryRule(RegisterCore core) : IRetentionRule
{
    /// <summary>Rows that one unit of work looks at.</summary>
    public const int SliceRows = 1_000;

    private const string Due = "consortium = $consortium AND patron_id IS NOT NULL AND returned_at < $cutoff";

    private const string Settled = "consortium = $consortium AND settled_at < $cutoff AND (patron_id IS NOT NULL OR other_patron_id IS NOT NULL)";

    private const string Paid = "consortium = $consortium AND settled_at < $cutoff AND (item_id <> '' OR loan_id <> '')";

    private const string Invoiced = "consortium = $consortium AND settled_at < $cutoff AND item_ids <> ''";

    private const string Titled = "consortium = $consortium AND notice_id <> '' AND created_at < $cutoff";

    // The first line is the notice's subject.
    private const string SubjectOnly = "notice_id = '', body = substr(body, 1, instr(body || char(10), char(10)) - 1)";

    /// <inheritdoc/>
    public string Name => RetentionRules.ItemHistory;

    /// <inheritdoc/>
    public IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now) =>
    [
        new("items that forget their patron", Number(db, "item_history", Due, cutoff)),
        new("settled conflicts that forget their patrons", Number(db, "loan_conflicts", Settled, cutoff)),
        new("paid fees that forget their item", Number(db, "fees", Paid, cutoff)),
        new("settled invoices that forget their items", Number(db, "invoices", Invoiced, cutoff)),
        new("messages of notices that forget their titles", Number(db, "patron_messages", Titled, cutoff)),
    ];

    /// <inheritdoc/>
    public RetentionSlice Remove(WriteScope scope, long cutoff, long after)
    {
        var items = Forget(scope, "item_history", "patron_id = NULL", "loan_id", Due, cutoff);
        var conflicts = Forget(scope, "loan_conflicts", "patron_id = NULL, other_patron_id = NULL", "conflict_id", Settled, cutoff);
        var fees = Forget(scope, "fees", "item_id = '', loan_id = ''", "fee_id", Paid, cutoff);
        var invoices = Forget(scope, "invoices", "item_ids = ''", "invoice_id", Invoiced, cutoff);
        var messages = Forget(scope, "patron_messages", SubjectOnly, "message_id", Titled, cutoff);
        int[] forgotten = [items, conflicts, fees, invoices, messages];
        return new RetentionSlice(forgotten.Sum(), forgotten.Max() < SliceRows ? null : 0);
    }

    private long Number(RegisterDb db, string table, string due, long cutoff) =>
        Sql.Number(db, $"SELECT count(*) FROM {table} WHERE {due}", ("$consortium", core.Store.Consortium), ("$cutoff", cutoff));

    private static int Forget(WriteScope scope, string table, string what, string key, string due, long cutoff) => Sql.Run(
        scope.Db,
        $"UPDATE {table} SET {what} WHERE consortium = $consortium AND {key} IN (SELECT {key} FROM {table} WHERE {due} LIMIT $limit)",
        ("$consortium", scope.Consortium), ("$cutoff", cutoff), ("$limit", SliceRows));
}
