using System.Buffers.Binary;
using NodaTime;

namespace KioskLink.Rules.Pins;

/// <summary>
/// Counts and locks guesses on tokens that nobody knows, so that an unknown card behaves like a known one. Holds the tokens tried last,
/// up to a limit. Thread-safe.
/// </summary>
public sealed class UnknownCardGuesses(int capacity)
{
    /// <summary>Tokens held unless said otherwise.</summary>
    public const int DefaultCapacity = 10_000;

    private readonly Lock _gate = new();
    private readonly Dictionary<UInt128, LinkedListNode<(UInt128 Token, GuessState State)>> _byToken = [];
    private readonly LinkedList<(UInt128 Token, GuessState State)> _byAge = [];

    /// <summary>A table of the default capacity.</summary>
    public UnknownCardGuesses()
        : this(DefaultCapacity)
    {
    }

    /// <summary>Tokens held now.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
            {
                return _byToken.Count;
            }
        }
    }

    /// <summary>Reserves a guess, which nothing gives back; false while the token waits.</summary>
    /// <param name="token">The card's token, 16 bytes.</param>
    /// <param name="now">Now.</param>
    /// <param name="limit">Guesses within a day; a node that is cut off allows fewer.</param>
    public bool TryReserve(ReadOnlySpan<byte> token, Instant now, int limit = GuessRules.DayLimit)
    {
        var key = BinaryPrimitives.ReadUInt128BigEndian(token);
        lock (_gate)
        {
            var state = Take(key);
            var (allowed, next) = GuessRules.ReserveOffline(GuessState.None, state, limit, now);
            _byToken[key] = _byAge.AddLast((key, next));
            if (_byToken.Count > capacity && _byAge.First is { } oldest)
            {
                _byAge.RemoveFirst();
                _byToken.Remove(oldest.Value.Token);
            }

            return allowed;
        }
    }

    private GuessState Take(UInt128 key)
    {
        if (!_byToken.Remove(key, out var node))
        {
            return GuessState.None;
        }

        _byAge.Remove(node);
        return node.Value.State;
    }
}
