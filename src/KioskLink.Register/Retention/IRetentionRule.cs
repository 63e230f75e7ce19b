using KioskLink.Register.Store;
using NodaTime;

namespace KioskLink.Register.Retention;

/// <summary>
/// How one kind of data is counted and removed. The period and the moment come from the profile; the room whose data it is adds the
/// rule to the services. Thread-safe.
/// </summary>
internal interface IRetentionRule
{
    /// <summary>One of <see cref="RetentionRules.Names"/>.</summary>
    string Name { get; }

    /// <summary>
    /// What is due, in one statement a count, and what is kept back and why. The first count is of what goes; nothing is changed.
    /// </summary>
    /// <param name="db">The tables.</param>
    /// <param name="cutoff">What lies before this is due, UTC milliseconds.</param>
    /// <param name="now">Now.</param>
    IReadOnlyList<RetentionCount> Count(RegisterDb db, long cutoff, Instant now);

    /// <summary>
    /// Removes a slice of what is due, so small that no door's guess waits long behind it. Returns how much it removed and where
    /// the next slice begins; null when nothing is left.
    /// </summary>
    /// <param name="scope">The unit of work.</param>
    /// <param name="cutoff">What lies before this is due, UTC milliseconds.</param>
    /// <param name="after">Where the last slice ended; 0 at the first.</param>
    RetentionSlice Remove(WriteScope scope, long cutoff, long after);

    /// <summary>What is done once after the last slice.</summary>
    Task EndAsync() => Task.CompletedTask;
}

/// <summary>A count of a run; it names nobody.</summary>
/// <param name="What">What was counted: `patrons`, `kept: fees are unpaid`.</param>
/// <param name="Number">How many.</param>
internal sealed record RetentionCount(string What, long Number);

/// <summary>What a slice did.</summary>
/// <param name="Removed">How much went.</param>
/// <param name="Next">Where the next slice begins; null when nothing is left.</param>
internal readonly record struct RetentionSlice(long Removed, long? Next)
{
    /// <summary>A slice of a rule that finds the rest by itself: it goes on while slices are full.</summary>
    public static RetentionSlice Of(int removed, int sliceRows) => new(removed, removed < sliceRows ? null : 0);
}
