using KioskLink.Devices.Virtual;

namespace KioskLink.Demo.Hardware;

/// <summary>
/// The leaf, strike and contact of the door: follows the lock output, and is pushed, held and forced by people.
/// Thread-safe.
/// </summary>
internal sealed class DoorLeaf : IDisposable
{
    private const int LockOutput = 0;
    private const int ContactInput = 0;
    private static readonly TimeSpan FallsShutAfter = TimeSpan.FromSeconds(1.5);
    private readonly Lock _lock = new();
    private readonly VirtualIoModule _io;
    private readonly ITimer _closer;
    private bool _unlocked;
    private bool _open;
    private bool _held;
    private long _unlocks;

    /// <summary>Hangs the leaf on an I/O module.</summary>
    public DoorLeaf(VirtualIoModule io, TimeProvider time)
    {
        _io = io;
        _closer = time.CreateTimer(_ => Shut(), state: null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        io.OutputSwitched += OnOutput;
    }

    /// <summary>Something has changed at the door.</summary>
    public event Action? Changed;

    /// <summary>Whether the strike is unlocked.</summary>
    public bool IsUnlocked => Read(() => _unlocked);

    /// <summary>Whether the leaf is open.</summary>
    public bool IsOpen => Read(() => _open);

    /// <summary>How often the strike was unlocked since the start.</summary>
    public long Unlocks => Read(() => _unlocks);

    /// <summary>Pushes the leaf: it opens when it is unlocked, and falls shut; a held leaf is let go.</summary>
    public void Push() => Move(() =>
    {
        _open |= _unlocked;
        _held = false;
        _closer.Change(FallsShutAfter, Timeout.InfiniteTimeSpan);
    });

    /// <summary>Opens an unlocked leaf and holds it until somebody pushes it.</summary>
    public void Hold() => Move(() => _held = _open |= _unlocked);

    /// <summary>Breaks the leaf open, unlocked or not; it falls shut.</summary>
    public void Force() => Move(() =>
    {
        _open = true;
        _closer.Change(FallsShutAfter, Timeout.InfiniteTimeSpan);
    });

    /// <inheritdoc/>
    public void Dispose()
    {
        _io.OutputSwitched -= OnOutput;
        _closer.Dispose();
    }

    private void Shut() => Move(() => _open = _held);

    private void OnOutput(int output, bool on)
    {
        if (output != LockOutput)
        {
            return;
        }
        lock (_lock)
        {
            _unlocks += on && !_unlocked ? 1 : 0;
            _unlocked = on;
        }
        Changed?.Invoke();
    }

    private void Move(Action action)
    {
        bool open;
        lock (_lock)
        {
            action();
            open = _open;
        }
        _io.SetInput(ContactInput, open);
        Changed?.Invoke();
    }

    private T Read<T>(Func<T> read)
    {
        lock (_lock)
        {
            return read();
        }
    }
}
