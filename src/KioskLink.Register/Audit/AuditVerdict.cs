namespace KioskLink.Register.Audit;

/// <summary>What is wrong with the chain.</summary>
/// <param name="Sequence">The first row that is missing or does not fit.</param>
/// <param name="Problem">What is wrong there, in English.</param>
internal sealed record AuditBreak(long Sequence, string Problem);

/// <summary>What a verification of the audit log found.</summary>
/// <param name="Rows">Rows that were sound, from the first.</param>
/// <param name="First">The first row that should be there.</param>
/// <param name="Last">The last row that should be there.</param>
/// <param name="Head">Hash of the last sound row.</param>
internal sealed record AuditVerdict(long Rows, long First, long Last, byte[] Head)
{
    /// <summary>What is wrong; null when the chain is whole.</summary>
    public AuditBreak? Broken { get; init; }

    /// <summary>Decisions that were compared with the chain's digests.</summary>
    public long Decisions { get; init; }

    /// <summary>Decisions that the chain tells of and that are there no more.</summary>
    public long DecisionsDeleted { get; init; }

    /// <summary>The last row that decisions at doors name as theirs; 0 when there is none.</summary>
    public long Told { get; init; }

    /// <summary>Whether every row fits and none is missing.</summary>
    public bool IsWhole => Broken is null;
}
