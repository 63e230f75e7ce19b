namespace Grpc.AspNetCore.Server;

/// <summary>Ends a call when its time is over, whatever its method is doing, and cancels the method's token then or when the client goes.</summary>
internal sealed class CallDeadline : IDisposable
{
    /// <summary>Timers hold no more than this; a later deadline is as good as none.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private readonly CancellationTokenSource _source = new();
    private readonly TaskCompletionSource _answered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Func<CancellationTokenSource, Task> _end;
    private readonly CancellationTokenRegistration _aborted;
    private readonly ITimer _timer;

    /// <param name="timeout">The time left, from the <c>grpc-timeout</c> header.</param>
    /// <param name="clock">Measures it.</param>
    /// <param name="end">Answers the call where it has not ended, and cancels this source; runs at most once and never throws.</param>
    /// <param name="requestAborted">Fires when the client is gone.</param>
    internal CallDeadline(TimeSpan timeout, TimeProvider clock, Func<CancellationTokenSource, Task> end, CancellationToken requestAborted)
    {
        _end = end;
        Time = clock.GetUtcNow().UtcDateTime is var now && timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        _aborted = requestAborted.UnsafeRegister(static source => ((CancellationTokenSource)source!).Cancel(), _source);
        var wait = timeout < LongestTimer ? timeout : LongestTimer;
        _timer = clock.CreateTimer(static deadline => ((CallDeadline)deadline!).Expire(), this, wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When the call ends (UTC).</summary>
    internal DateTime Time { get; }

    internal CancellationToken Token => _source.Token;

    /// <summary>Completes when the deadline has answered the call; to be awaited only where it has claimed the end.</summary>
    internal Task Answered => _answered.Task;

    public void Dispose()
    {
        _timer.Dispose();
        _aborted.Unregister();
    }

    private async void Expire()
    {
        await _end(_source).ConfigureAwait(false);
        _answered.SetResult();
    }
}
