using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Reads the responses of a streaming call.</summary>
internal sealed class ResponseStreamReader<TRequest, TResponse>(HttpCall<TRequest, TResponse> call) : IAsyncStreamReader<TResponse>
    where TRequest : class
    where TResponse : class
{
    private TResponse? _current;

    public TResponse Current => _current ?? throw new InvalidOperationException("There is no current message: call MoveNext first, and no more after it returned false.");

    /// <summary>Waits for the next response; the token cancels the whole call.</summary>
    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        using var cancels = cancellationToken.UnsafeRegister(_ => call.Cancel("The read was cancelled."), null);
        _current = await call.NextResponseAsync().ConfigureAwait(false);
        return _current is not null;
    }
}
