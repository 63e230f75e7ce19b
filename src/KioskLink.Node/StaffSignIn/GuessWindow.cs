using NodaTime;

namespace KioskLink.Node.StaffSignIn;

/// <summary>How many wrong passwords one account or one source may give, and over what time. Pure.</summary>
/// <param name="Limits">Each limit with its span; the longest span last.</param>
internal sealed record GuessWindow(params (int Most, Duration Over)[] Limits)
{
    /// <summary>For one account.</summary>
    public static GuessWindow OfAccount { get; } = new(
        (StaffLimits.GuessesPerAccount, Duration.FromTimeSpan(StaffLimits.GuessWindow)), (StaffLimits.GuessesPerAccountAndDay, Duration.FromDays(1)));

    /// <summary>For one source.</summary>
    public static GuessWindow OfSource { get; } = new((StaffLimits.GuessesPerSource, Duration.FromTimeSpan(StaffLimits.GuessWindow)));

    /// <summary>Whether another guess may be spent.</summary>
    public bool Allows(IReadOnlyList<Instant> wrong, Instant lived) =>
        Limits.All(limit => wrong.Count(time => time > lived - limit.Over) < limit.Most);

    /// <summary>The guesses that still count.</summary>
    public IReadOnlyList<Instant> Counting(IEnumerable<Instant> wrong, Instant lived) => [.. wrong.Where(time => time > lived - Limits[^1].Over)];
}
