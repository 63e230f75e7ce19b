using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Reads the responses of a streaming call.</summary>
internal sealed class ResponseStreamReader<TRequest, TResponse>(HttpCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;
    private int _reading;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no current message: call MoveNext first, and no more after it returned false.");

    /// <summary>Waits for the next response; the token cancels the whole call.</summary>
    /// <exception cref="InvalidOperationException">Another read is in progress.</exception>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _reading, 1) == 1)
            throw new InvalidOperationException("A message is still being read; await each MoveNext before the next.");
        using var cancels = cancellationToken.UnsafeRegister(_ => call.Cancel("The read was cancelled."), null);
        try
        {
            _current = await call.NextResponseAsync().ConfigureAwait(false);
            return _current is not null;
        }
        finally
        {
            Volatile.Write(ref _reading, 0);
        }
    }
}
