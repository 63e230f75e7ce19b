namespace KioskLink.Rules.Journal;

/// <summary>A record of a journal as the chain sees it; salt and personal part are empty once they are erased.</summary>
/// <param name="Sequence">Number, counted from 1 without gaps.</param>
/// <param name="Open">The open part as stored.</param>
/// <param name="PersonalHash">SHA-256(salt ‖ personal), kept when both are erased.</param>
/// <param name="Salt">16 random bytes.</param>
/// <param name="Personal">The personal part as stored.</param>
/// <param name="Hash">The record's link of the chain.</param>
public sealed record ChainRecord(
    long Sequence,
    ReadOnlyMemory<byte> Open,
    ReadOnlyMemory<byte> PersonalHash,
    ReadOnlyMemory<byte> Salt,
    ReadOnlyMemory<byte> Personal,
    ReadOnlyMemory<byte> Hash);

/// <summary>What became of a verification.</summary>
/// <param name="Count">Records that were sound, from the first.</param>
/// <param name="Head">Hash of the last sound record, or the one that the verification began from.</param>
/// <param name="BrokenSequence">The first sequence that is missing or does not fit; null when the chain is whole.</param>
/// <param name="Problem">What is wrong there, in English; empty when the chain is whole.</param>
public sealed record ChainVerdict(long Count, byte[] Head, long? BrokenSequence, string Problem)
{
    /// <summary>Whether every record fits.</summary>
    public bool IsWhole => BrokenSequence is null;
}
