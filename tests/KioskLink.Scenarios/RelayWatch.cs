using KioskLink.Devices.Virtual;

namespace KioskLink.Scenarios;

/// <summary>A stretch of time for which the lock's relay was on.</summary>
/// <param name="From">When it switched on.</param>
/// <param name="To">When it switched off; null while it is on.</param>
internal sealed record RelayOn(DateTimeOffset From, DateTimeOffset? To);

/// <summary>Notes what the lock's relay does, as an electrician with a meter would. Thread-safe.</summary>
internal sealed class RelayWatch : IDisposable
{
    private const int LockOutput = 0;
    private readonly Lock _lock = new();
    private readonly VirtualIoModule _module;
    private readonly List<RelayOn> _stretches = [];

    /// <summary>Begins to watch.</summary>
    public RelayWatch(VirtualIoModule module)
    {
        _module = module;
        module.OutputSwitched += Note;
    }

    /// <summary>Whether the relay is on.</summary>
    public bool IsOn => Stretches is [.., { To: null }];

    /// <summary>Every stretch so far, oldest first.</summary>
    public IReadOnlyList<RelayOn> Stretches
    {
        get
        {
            lock (_lock)
                return [.. _stretches];
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _module.OutputSwitched -= Note;

    private void Note(int output, bool on)
    {
        if (output != LockOutput)
            return;
        var now = TimeProvider.System.GetUtcNow();
        lock (_lock)
        {
            if (on)
                _stretches.Add(new RelayOn(now, null));
            else if (_stretches is [.., { To: null } last])
                _stretches[^1] = last with { To = now };
        }
    }
}
