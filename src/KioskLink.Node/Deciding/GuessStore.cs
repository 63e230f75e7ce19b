using KioskLink.Node.Hosting;
using KioskLink.Node.Replica;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Node.Deciding;

/// <summary>
/// The PIN guesses spent at this node's doors without the register, by card token, unknown cards too. A reservation is durable before
/// its PIN's result may be used, so that no reboot gives any back. Times are those that have passed for certain. Thread-safe.
/// </summary>
internal sealed class GuessStore : IDisposable
{
    /// <summary>Cards that are counted at once; the longest untouched ones make room.</summary>
    public const int Limit = 10_000;

    private const int QueueLimit = 1024;
    private const int BatchLimit = 64;
    private static readonly TimeSpan GiveBackWithin = TimeSpan.FromSeconds(1);
    private readonly Lock _gate = new();
    private readonly Dictionary<byte[], Counted> _counted;
    private readonly HashSet<byte[]> _unwritten = new(ByteArrays.Equality);
    private readonly GuessFile _file;
    private readonly WorkThread<TaskCompletionSource<bool>> _queue;
    private readonly ITimer _giveBack;

    /// <summary>Opens the file, or makes it.</summary>
    /// <param name="path">The file.</param>
    /// <param name="time">Where time comes from.</param>
    public GuessStore(string path, TimeProvider time)
    {
        (_file, WasDamaged) = GuessFile.Open(path);
        _counted = _file.AtStart;
        _queue = new WorkThread<TaskCompletionSource<bool>>("guesses", Write, QueueLimit, BatchLimit);
        _giveBack = time.CreateTimer(_ => _queue.TryAdd(NewWrite()), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether the file was damaged at the start, so that nothing counted before is known.</summary>
    public bool WasDamaged { get; }

    /// <summary>
    /// Reserves a guess before the PIN is checked. Null: the card waits, or the day's guesses are spent. The task tells whether the
    /// reservation is durable; before that, and without it, the PIN's result must not be used.
    /// </summary>
    public Task<bool>? TryReserve(byte[] token, GuessState fromRegister, int limit, Instant lived)
    {
        lock (_gate)
        {
            var (allowed, state) = GuessRules.ReserveOffline(fromRegister, Find(token), limit, lived);
            if (!allowed)
                return null;
            Count(token, state, lived);
        }
        var write = NewWrite();
        return _queue.TryAdd(write) ? write.Task : Task.FromResult(false);
    }

    /// <summary>Gives a reservation back: the PIN was right, or the register counted the guess. Durable within a second.</summary>
    public void GiveBack(byte[] token, Instant lived)
    {
        lock (_gate)
            Count(token, GuessRules.Succeed(Find(token), lived), lived);
        _giveBack.Change(GiveBackWithin, Timeout.InfiniteTimeSpan);
    }

    /// <summary>How the guesses of a card stand.</summary>
    public GuessState StateOf(byte[] token)
    {
        lock (_gate)
            return Find(token);
    }

    /// <summary>Whether guesses are counted for a card.</summary>
    public bool Counts(byte[] token)
    {
        lock (_gate)
            return _counted.ContainsKey(token);
    }

    /// <summary>Forgets what was counted for a card, durably; false when the disk refused.</summary>
    public Task<bool> ForgetAsync(byte[] token)
    {
        lock (_gate)
        {
            if (!_counted.Remove(token))
                return Task.FromResult(true);
            _unwritten.Add(token);
        }
        var write = NewWrite();
        return _queue.TryAdd(write) ? write.Task : Task.FromResult(false);
    }

    /// <summary>Writes what waits and closes the file.</summary>
    public void Dispose()
    {
        _giveBack.Dispose();
        _queue.TryAdd(NewWrite());
        _queue.Dispose();
        _file.Dispose();
    }

    private static TaskCompletionSource<bool> NewWrite() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private GuessState Find(byte[] token) => _counted.GetValueOrDefault(token)?.State ?? GuessState.None;

    private void Count(byte[] token, GuessState state, Instant lived)
    {
        _counted[token] = new Counted(state, lived);
        _unwritten.Add(token);
        if (_counted.Count <= Limit)
            return;
        foreach (var (oldest, _) in _counted.OrderBy(counted => counted.Value.Touched).Take(Limit / 10).ToList())
        {
            _counted.Remove(oldest);
            _unwritten.Add(oldest);
        }
    }

    private void Write(IReadOnlyList<TaskCompletionSource<bool>> waiting)
    {
        List<(byte[] Token, Counted? Counted)> changes;
        lock (_gate)
        {
            changes = [.. _unwritten.Select(token => (token, _counted.GetValueOrDefault(token)))];
            _unwritten.Clear();
        }
        var written = changes.Count == 0 || _file.TryWrite(changes);
        if (!written)
            Keep(changes);
        foreach (var write in waiting)
            write.SetResult(written);
    }

    private void Keep(List<(byte[] Token, Counted? Counted)> unwritten)
    {
        lock (_gate)
            _unwritten.UnionWith(unwritten.Select(change => change.Token));
    }
}

/// <summary>The guesses of one card. Immutable.</summary>
/// <param name="State">How they stand.</param>
/// <param name="Touched">When that last changed.</param>
internal sealed record Counted(GuessState State, Instant Touched);
