namespace KioskLink.Node.Journal;

/// <summary>What became of a record that was to be appended.</summary>
/// <param name="Sequence">Its number; 0 when it is not durable.</param>
/// <param name="Problem">Why it is not durable and how to mend it; null when it is.</param>
internal readonly record struct AppendResult(long Sequence, string? Problem)
{
    /// <summary>Whether the record is on the disk.</summary>
    public bool Durable => Problem is null;
}
