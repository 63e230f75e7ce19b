namespace KioskLink.Register.Retention;

/// <summary>What keeps a patron from being deleted by a rule of retention, besides what holds the patron from every deletion.</summary>
internal static class KeptBack
{
    /// <summary>SQL over the patron's row <c>p</c>: the processing is restricted, which forbids a deletion (R76).</summary>
    public const string Restricted = "p.restricted = 1";

    /// <summary>SQL over the patron's row <c>p</c>: the person asked for something that is not answered yet (R74, R77).</summary>
    public const string Asked = "EXISTS (SELECT 1 FROM request_cases q WHERE q.patron_id = p.patron_id AND q.closed_at IS NULL)";

    /// <summary>The same as counts tell them.</summary>
    public static readonly IReadOnlyList<(string What, string Condition)> All =
        [("kept: the processing is restricted", Restricted), ("kept: a request is open", Asked)];
}
