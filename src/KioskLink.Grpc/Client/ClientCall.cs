using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>What a call of any kind knows about itself: its token, why it was cancelled, and how it ended. The first end holds.</summary>
internal abstract class ClientCall
{
    internal static readonly Func<object, Task<Metadata>> Headers = static call => ((ClientCall)call).HeadersAsync();
    internal static readonly Func<object, Status> StatusOf = static call => ((ClientCall)call).EndedStatus();
    internal static readonly Func<object, Metadata> TrailersOf = static call => ((ClientCall)call).EndedTrailers();
    internal static readonly Action<object> Abandon = static call => ((ClientCall)call).Cancel("The call was disposed.");

    private readonly Lock _lock = new();
    private readonly CancellationTokenSource _source;
    private readonly CancellationTokenRegistration _callerCancels;
    private readonly CancellationTokenRegistration _channelCloses;
    private CancellationTokenRegistration _timeIsOver;
    private string? _cancelledBecause;
    private TaskCompletionSource<Metadata>? _headers;
    private HttpResponseMessage? _response;
    private Status _status;
    private volatile bool _hasEnded;
    private Metadata? _trailers;

    protected ClientCall(GrpcChannel channel, CallOptions options)
    {
        Channel = channel;
        Options = options;
        TimeLeft = LeftUntil(options.Deadline, channel.Clock);
        _source = TimeLeft is { } left ? new CancellationTokenSource(CallTimer.Wait(left), channel.Clock) : new CancellationTokenSource();
        Token = _source.Token;
        _callerCancels = options.CancellationToken.UnsafeRegister(static call => ((ClientCall)call!).Cancel("The caller cancelled the call."), this);
        _channelCloses = channel.Closed.UnsafeRegister(static call => ((ClientCall)call!).Cancel("The channel was disposed."), this);
        if (HasEnded)
            _channelCloses.Unregister();
    }

    internal GrpcChannel Channel { get; }

    internal CallOptions Options { get; }

    /// <summary>The time to the deadline when the call began, null where there is none.</summary>
    internal TimeSpan? TimeLeft { get; }

    /// <summary>Fires when the call is cancelled or its deadline passes.</summary>
    internal CancellationToken Token { get; }

    internal bool HasEnded => _hasEnded;

    protected HttpResponseMessage? Response => _response;

    /// <summary>Cancels the call where it has not ended.</summary>
    internal void Cancel(string reason)
    {
        if (HasEnded)
            return;
        Interlocked.CompareExchange(ref _cancelledBecause, reason, null);
        _source.Cancel();
        EndCancelled();
    }

    /// <summary>Ends the call for this reason, and returns what to throw.</summary>
    internal Exception Fail(Exception failure)
    {
        var (status, trailers) = failure switch
        {
            _ when HasEnded => (EndedStatus(), null),
            RpcException known => (known.Status, known.Trailers),
            _ when Token.IsCancellationRequested => (WhyCancelled(), null),
            _ => (TransportFailure.StatusOf(failure), null),
        };
        End(status, trailers);
        return Failure();
    }

    /// <summary>What to throw for a call that has ended without success.</summary>
    internal Exception Failure()
    {
        var failure = new RpcException(EndedStatus(), EndedTrailers());
        return Channel.Options.ThrowOperationCanceledOnCancellation && Token.IsCancellationRequested
            ? new OperationCanceledException(failure.Status.Detail, failure, Options.CancellationToken)
            : failure;
    }

    /// <summary>Ends the call at its deadline even while nobody reads or writes; a call that always waits for its response needs it not.</summary>
    protected void EndAtDeadline()
    {
        if (TimeLeft is not null)
            _timeIsOver = Token.UnsafeRegister(static call => ((ClientCall)call!).EndCancelled(), this);
    }

    /// <summary>Takes the response, whose headers are there.</summary>
    protected void Accept(HttpResponseMessage response)
    {
        lock (_lock)
        {
            _response = response;
            _headers?.TrySetResult(response.Headers.ToMetadata());
        }
        if (HasEnded)
            response.Dispose();
    }

    /// <summary>Ends the call; a later end changes nothing. Without <paramref name="trailers"/> those of the response hold.</summary>
    protected void End(Status status, Metadata? trailers)
    {
        lock (_lock)
        {
            if (HasEnded)
                return;
            _status = status;
            _trailers = trailers;
            _hasEnded = true;
            if (_headers?.TrySetException(new RpcException(status)) is true)
                _ = _headers.Task.Exception;
        }
        _timeIsOver.Unregister();
        _callerCancels.Unregister();
        _channelCloses.Unregister();
        _response?.Dispose();
        CloseRequests();
        _source.CancelAfter(Timeout.InfiniteTimeSpan);
    }

    /// <summary>Stops the writing of requests; the call has ended.</summary>
    protected virtual void CloseRequests()
    {
    }

    private static TimeSpan? LeftUntil(DateTime? deadline, TimeProvider clock)
    {
        if (deadline is not { } time || time == DateTime.MaxValue)
            return null;
        return time.Kind == DateTimeKind.Utc || time == DateTime.MinValue
            ? time - clock.GetUtcNow().UtcDateTime
            : throw new InvalidOperationException($"The deadline {time:s} is of kind {time.Kind}; give it in UTC.");
    }

    private void EndCancelled() => End(WhyCancelled(), trailers: null);

    private Status WhyCancelled() => _cancelledBecause is { } reason
        ? new Status(StatusCode.Cancelled, reason)
        : new Status(StatusCode.DeadlineExceeded, "The deadline passed before the call ended.");

    private Task<Metadata> HeadersAsync()
    {
        lock (_lock)
        {
            if (_headers is not null)
                return _headers.Task;
            if (_response is not null)
                return Task.FromResult(_response.Headers.ToMetadata());
            if (HasEnded)
                return Task.FromException<Metadata>(new RpcException(_status));
            _headers = new TaskCompletionSource<Metadata>(TaskCreationOptions.RunContinuationsAsynchronously);
            return _headers.Task;
        }
    }

    private Status EndedStatus() => HasEnded ? _status : throw new InvalidOperationException("The call has no status yet: it has not ended.");

    private Metadata EndedTrailers()
    {
        if (!HasEnded)
            throw new InvalidOperationException("The call has no trailers yet: it has not ended.");
        return _trailers ??= _response?.TrailingHeaders.ToMetadata() ?? [];
    }
}
