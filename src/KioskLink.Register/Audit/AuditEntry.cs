namespace KioskLink.Register.Audit;

/// <summary>
/// One read or write of personal data or settings, to be noted (R42): who, as what, why, whose data, which class of it, from
/// where, with what result. It holds no name, card number or identity code of a patron.
/// </summary>
internal sealed record AuditEntry
{
    /// <summary>Patrons that one row names at most, as many as a page has.</summary>
    public const int SubjectsMax = 1000;

    /// <summary>The role of the register's own jobs.</summary>
    public const string System = "system";

    /// <summary>The result of what went well.</summary>
    public const string Ok = "OK";

    /// <summary>The user name of a person or robot, a node's id, a job's name; empty for a caller that nobody knows.</summary>
    public required string Actor { get; init; }

    /// <summary>The role in which it was done.</summary>
    public required string Role { get; init; }

    /// <summary>What was done: <c>PatronService/GetPatron</c>, or a job and its step.</summary>
    public required string Action { get; init; }

    /// <summary>Code of the purpose (R6); empty where no personal data is touched.</summary>
    public string Purpose { get; init; } = "";

    /// <summary>The patrons' internal numbers; beyond <see cref="SubjectsMax"/> they go on in further rows.</summary>
    public IReadOnlyCollection<long> Subjects { get; init; } = [];

    /// <summary>The class of the data.</summary>
    public string Fields { get; init; } = "";

    /// <summary>The device, or the address that called.</summary>
    public string Device { get; init; } = "";

    /// <summary>Canonical status of the call.</summary>
    public string Result { get; init; } = Ok;

    /// <summary>The reason word of a refusal, and the field that was wrong; empty when it went well.</summary>
    public string Reason { get; init; } = "";

    /// <summary>How many calls the row stands for.</summary>
    public long Calls { get; init; } = 1;

    /// <summary>When it was, in UTC milliseconds; null where that is when its row is written.</summary>
    public long? At { get; init; }

    /// <summary>Digest over what else stands for the calls; null where there is nothing.</summary>
    public byte[]? Digest { get; init; }

    /// <summary>What a job of the register does by itself.</summary>
    /// <param name="job">The job's name.</param>
    /// <param name="action">Job and step, such as <c>retention/purge</c>.</param>
    /// <param name="purpose">Code of the purpose; empty where no personal data is touched.</param>
    public static AuditEntry OfJob(string job, string action, string purpose) => new() { Actor = job, Role = System, Action = action, Purpose = purpose };
}
