namespace Grpc.AspNetCore.Server;

/// <summary>Ends a call when its time is over, whatever its method is doing, and cancels the method's token then or when the client goes.</summary>
internal sealed class CallDeadline : IDisposable
{
    /// <summary>Timers hold no more than this; a later deadline gets none.</summary>
    private static readonly TimeSpan LongestTimer = TimeSpan.FromDays(49);

    private readonly HttpServerCall _call;
    private readonly ITimer _timer;
    private CancellationTokenSource? _source;
    private CancellationTokenRegistration _aborted;
    private TaskCompletionSource? _answered;
    private int _isOver;

    /// <summary>Starts the timer.</summary>
    /// <param name="call">The call to end; its clock measures the time.</param>
    /// <param name="timeout">The time left, from the <c>grpc-timeout</c> header.</param>
    internal CallDeadline(HttpServerCall call, TimeSpan timeout)
    {
        _call = call;
        var clock = call.Settings.Clock;
        var now = clock.GetUtcNow().UtcDateTime;
        Time = timeout < DateTime.MaxValue - now ? now + timeout : DateTime.MaxValue;
        var wait = timeout < LongestTimer ? timeout : Timeout.InfiniteTimeSpan;
        _timer = clock.CreateTimer(static deadline => ((CallDeadline)deadline!).Expire(), this, wait, Timeout.InfiniteTimeSpan);
    }

    /// <summary>When the call ends (UTC).</summary>
    internal DateTime Time { get; }

    /// <summary>Made when first asked for: most calls end long before their deadline without looking at it.</summary>
    internal CancellationToken Token => (Volatile.Read(ref _source) ?? NewSource()).Token;

    /// <summary>Completes when the deadline has answered the call; to be awaited only where it has claimed the end.</summary>
    internal Task Answered => Answer.Task;

    private TaskCompletionSource Answer =>
        Volatile.Read(ref _answered)
        ?? Interlocked.CompareExchange(ref _answered, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), null)
        ?? _answered!;

    public void Dispose()
    {
        _timer.Dispose();
        _aborted.Unregister();
    }

    /// <summary>Publishes the source before it looks whether time is over; <see cref="CancelAsync"/> does it the other way round.</summary>
    private CancellationTokenSource NewSource()
    {
        var source = new CancellationTokenSource();
        if (Interlocked.CompareExchange(ref _source, source, null) is { } other)
            return other;
        if (Volatile.Read(ref _isOver) == 1)
            source.Cancel();
        else
            _aborted = _call.Http.RequestAborted.UnsafeRegister(static cancelled => ((CancellationTokenSource)cancelled!).Cancel(), source);
        return source;
    }

    private async void Expire()
    {
        var answer = _call.AnswerDeadlineAsync();
        await CancelAsync().ConfigureAwait(false);
        await answer.ConfigureAwait(false);
        Answer.SetResult();
    }

    private async Task CancelAsync()
    {
        Interlocked.Exchange(ref _isOver, 1);
        try
        {
            await (Volatile.Read(ref _source)?.CancelAsync() ?? Task.CompletedTask).ConfigureAwait(false);
        }
        catch (AggregateException failed)
        {
            _call.Settings.Log.CancellationThrew(_call.Method, failed);
        }
    }
}
