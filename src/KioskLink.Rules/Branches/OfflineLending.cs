namespace KioskLink.Rules.Branches;

/// <summary>What machines of a branch lend and take back while its register cannot be asked. Immutable and thread-safe.</summary>
public sealed record OfflineLending
{
    /// <summary>The longest time for which a loan may be promised, in days.</summary>
    public const int MostLoanDays = 365;

    /// <summary>The greatest number of acts that may wait at a node.</summary>
    public const int MostActs = 20_000;

    /// <summary>Who borrows.</summary>
    public OfflineCheckouts Checkouts { get; init; } = OfflineCheckouts.KnownCards;

    /// <summary>Whether machines take items back.</summary>
    public bool Returns { get; init; } = true;

    /// <summary>Days for which a loan is promised.</summary>
    public int LoanDays { get; init; } = 28;

    /// <summary>How many acts may wait for the register at a node; beyond it machines refuse.</summary>
    public int MaxActs { get; init; } = 2_000;
}

/// <summary>Who borrows while the register cannot be asked; the numbers are those of the wire.</summary>
public enum OfflineCheckouts
{
    /// <summary>Nobody.</summary>
    None = 1,

    /// <summary>Cards that the node holds and the rules allow.</summary>
    KnownCards = 2,

    /// <summary>Also cards of the consortium that the node does not hold, or not freshly enough.</summary>
    AnyCard = 3,
}
