using Google.Protobuf;
using KioskLink.Protos.Store.V1;
using KioskLink.Register.Facts;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Cards;

/// <summary>What became of the wish to spend a guess.</summary>
internal enum Reservation
{
    /// <summary>A guess is reserved; its end must be told.</summary>
    Made,

    /// <summary>The number waits or is locked: no guess was spent.</summary>
    Locked,

    /// <summary>The attempt has spent a guess already, and it counted as wrong.</summary>
    Counted,
}

/// <summary>An attempt that spent a guess.</summary>
/// <param name="Mark">Names it, see <see cref="PinTry.Mark"/>.</param>
/// <param name="At">When.</param>
internal sealed record SpentGuess(ByteString Mark, Instant At);

/// <summary>
/// The guesses on one number with the attempts behind them (DESIGN 6). A guess in flight locks like a wrong one but is no part
/// of <see cref="State"/>: nodes hear of it when its end is known. Immutable and pure; whoever keeps it makes its change atomic.
/// </summary>
/// <param name="State">The guesses that ended wrong, as nodes hear of them.</param>
/// <param name="Open">The guesses in flight.</param>
/// <param name="Counted">The attempts of the last 24 h that ended wrong, oldest first.</param>
internal sealed record Guesses(GuessState State, IReadOnlyList<SpentGuess> Open, IReadOnlyList<SpentGuess> Counted)
{
    /// <summary>Attempts that are remembered: more than a day allows online and offline together.</summary>
    public const int CountedMax = 32;

    /// <summary>No guess was spent.</summary>
    public static Guesses None { get; } = new(GuessState.None, [], []);

    /// <summary>Whether there is nothing to keep.</summary>
    public bool IsNone => Open.Count == 0 && Counted.Count == 0 && State.ToRow().Length == 0;

    /// <summary>Reserves a guess for an attempt; one that has spent its guess gets no second one.</summary>
    public (Reservation Outcome, Guesses Next) Reserve(ByteString mark, Instant now)
    {
        if (Counted.Any(spent => spent.Mark == mark && spent.At > now - GuessRules.Day))
        {
            return (Reservation.Counted, this);
        }

        if (Open.Any(spent => spent.Mark == mark))
        {
            return (Reservation.Counted, EndWrong(mark, now));
        }

        return GuessRules.IsLocked(GuessRules.Merge(State, Open.Select(spent => spent.At), now), now)
            ? (Reservation.Locked, this)
            : (Reservation.Made, this with { Open = [.. Open.Where(spent => spent.At > now - GuessRules.Day), new SpentGuess(mark, now)] });
    }

    /// <summary>The attempt's guess was wrong; nothing changes when staff has forgotten it meanwhile.</summary>
    public Guesses EndWrong(ByteString mark, Instant now) =>
        Open.FirstOrDefault(spent => spent.Mark == mark) is { } ended
            ? (this with { Open = Without(mark) }).Count(ended, now)
            : this;

    /// <summary>The attempt's guess was right: it is given back, and the waits end.</summary>
    public Guesses EndRight(ByteString mark, Instant now) =>
        Open.Any(spent => spent.Mark == mark)
            ? this with { Open = Without(mark), State = GuessRules.EndWaits(State, now), Counted = Recent(Counted, now) }
            : this;

    /// <summary>Every guess in flight was wrong, since nobody is left to tell its end.</summary>
    public Guesses EndAll(Instant now) => Open.Aggregate(this, (guesses, spent) => guesses.EndWrong(spent.Mark, now));

    /// <summary>Adds a wrong guess that a cut-off node allowed, unless the attempt counts already.</summary>
    public Guesses Add(SpentGuess elsewhere, Instant now) =>
        Counted.Concat(Open).Any(spent => spent.Mark == elsewhere.Mark) ? this : Count(elsewhere, now);

    /// <summary>Reads the stored form.</summary>
    public static Guesses Read(byte[] state, byte[] attempts)
    {
        var stored = StoredAttempts.Parser.ParseFrom(attempts);
        return new Guesses(GuessProto.FromRow(state), [.. stored.Open.Select(FromProto)], [.. stored.Counted.Select(FromProto)]);
    }

    /// <summary>The stored form of the attempts.</summary>
    public byte[] AttemptsToRow()
    {
        var stored = new StoredAttempts();
        stored.Open.AddRange(Open.Select(ToProto));
        stored.Counted.AddRange(Counted.Select(ToProto));
        return stored.ToByteArray();
    }

    private Guesses Count(SpentGuess spent, Instant now) =>
        this with { State = GuessRules.Merge(State, [spent.At], now), Counted = Recent(Counted.Append(spent), now) };

    private IReadOnlyList<SpentGuess> Without(ByteString mark) => [.. Open.Where(spent => spent.Mark != mark)];

    private static IReadOnlyList<SpentGuess> Recent(IEnumerable<SpentGuess> spent, Instant now) =>
        [.. spent.Where(guess => guess.At > now - GuessRules.Day).TakeLast(CountedMax)];

    private static StoredAttempt ToProto(SpentGuess spent) => new() { Mark = spent.Mark, Time = spent.At.ToProto() };

    private static SpentGuess FromProto(StoredAttempt stored) => new(stored.Mark, stored.Time.FromProto());
}
