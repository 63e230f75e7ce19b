using NodaTime;

namespace KioskLink.Node.RegisterLink;

/// <summary>How the link to the register stands. Thread-safe.</summary>
/// <param name="monotonic">A clock that only goes forward.</param>
internal sealed class Link(Func<Duration> monotonic)
{
    private readonly Lock _gate = new();
    private volatile LinkFacts _facts = LinkFacts.AtStart;
    private volatile TaskCompletionSource _online = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile TaskCompletionSource _doubted = Done();

    /// <summary>The state.</summary>
    public LinkState State => _facts.State;

    /// <summary>Whether the stream is up while calls are in doubt: a probe on their own connection would settle it.</summary>
    public bool NeedsProbe => _facts is { StreamUp: true, CallsGood: false };

    /// <summary>Since when, by the monotonic clock.</summary>
    public Duration Since { get; private set; } = monotonic();

    /// <summary>Told after each change, on the thread that made it; handlers return at once.</summary>
    public event Action<LinkState>? Changed;

    /// <summary>Waits until the link is online.</summary>
    public Task WhenOnlineAsync(CancellationToken cancellation) => _online.Task.WaitAsync(cancellation);

    /// <summary>Completes when the link is no longer online; it is completed while it is not.</summary>
    public Task Doubted => _doubted.Task;

    /// <summary>Tells the link what happened.</summary>
    public void Post(LinkInput input)
    {
        LinkState state;
        lock (_gate)
        {
            var now = monotonic();
            var before = _facts.State;
            _facts = LinkRules.Step(_facts, input, now);
            state = _facts.State;
            if (state == before)
                return;
            Since = now;
            Signal(state);
        }
        Changed?.Invoke(state);
    }

    private void Signal(LinkState state)
    {
        if (state == LinkState.Online)
        {
            _doubted = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _online.TrySetResult();
            return;
        }
        _doubted.TrySetResult();
        if (_online.Task.IsCompleted)
            _online = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
    }

    private static TaskCompletionSource Done()
    {
        var done = new TaskCompletionSource();
        done.SetResult();
        return done;
    }
}
