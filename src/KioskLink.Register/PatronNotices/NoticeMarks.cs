using KioskLink.Register.Store;

namespace KioskLink.Register.PatronNotices;

/// <summary>What the daily round has told of, by a kind, the id of a matter and a day.</summary>
internal static class NoticeMarks
{
    /// <summary>A loan that is due soon.</summary>
    public const string Due = "due";

    /// <summary>A loan that is late.</summary>
    public const string Overdue = "overdue";

    // ';' follows ':' in ASCII: the marks of one loan are a range of the table's key.
    private const string OfLoan = "DELETE FROM notice_marks WHERE consortium = $consortium AND mark >= $from AND mark < $to";

    /// <summary>
    /// Forgets what was told of a loan once it is over, since a mark leads from the patron to the item for longer than the item's own
    /// history may (R23, R59). A return that is undone may be told of again.
    /// </summary>
    public static void Forget(WriteScope scope, string loanId)
    {
        foreach (var kind in (ReadOnlySpan<string>)[Due, Overdue])
        {
            Sql.Run(scope.Db, OfLoan, ("$consortium", scope.Consortium), ("$from", $"{kind}:{loanId}:"), ("$to", $"{kind}:{loanId};"));
        }
    }
}
