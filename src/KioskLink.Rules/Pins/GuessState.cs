using NodaTime;

namespace KioskLink.Rules.Pins;

/// <summary>How many PIN guesses were spent on a card, and until when it waits. Immutable.</summary>
public sealed record GuessState
{
    /// <summary>No guess was spent.</summary>
    public static GuessState None { get; } = new();

    /// <summary>Wrong PINs since the last right one.</summary>
    public int WrongInRow { get; init; }

    /// <summary>Until when the card waits or is locked; null when it does not.</summary>
    public Instant? LockedUntil { get; init; }

    /// <summary>Whether the card is locked until staff gives a new PIN.</summary>
    public bool LockedForGood { get; init; }

    /// <summary>Times of the wrong guesses of the last 24 h, oldest first; at most the day's limit.</summary>
    public IReadOnlyList<Instant> WrongTimes { get; init; } = [];

    /// <summary>Times of the locks of the last 24 h, oldest first.</summary>
    public IReadOnlyList<Instant> LockTimes { get; init; } = [];
}
