namespace KioskLink.Node.Outage;

/// <summary>What became of an act that was to be kept.</summary>
/// <param name="Outcome">Whether it is kept.</param>
/// <param name="Act">The act as it is kept, or as it was kept before under the same id; null when it is not.</param>
/// <param name="IsAgain">Whether somebody had told of it before under the same id.</param>
internal readonly record struct KeepResult(KeepOutcome Outcome, LoanAct? Act, bool IsAgain = false)
{
    /// <summary>Whether it is durable.</summary>
    public bool IsKept => Outcome == KeepOutcome.Kept;
}

/// <summary>Whether an act is kept.</summary>
internal enum KeepOutcome
{
    /// <summary>It is durable.</summary>
    Kept,

    /// <summary>As many wait as the branch allows.</summary>
    Full,

    /// <summary>The disk did not take it, or is too slow.</summary>
    NotWritten,
}
