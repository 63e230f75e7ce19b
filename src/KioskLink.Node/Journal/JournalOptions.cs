namespace KioskLink.Node.Journal;

/// <summary>Limits of the journal.</summary>
internal sealed record JournalOptions
{
    /// <summary>Greatest size of the file: years of a busy branch. At that size the disk counts as full.</summary>
    public long MaxBytes { get; init; } = 1L << 30;

    /// <summary>How many records may wait for the disk.</summary>
    public int QueueLimit { get; init; } = 1024;

    /// <summary>How many records share one sync at most.</summary>
    public int BatchLimit { get; init; } = 64;
}
