using Grpc.Core;
using Grpc.Wire;

namespace Grpc.AspNetCore.Server;

/// <summary>The requests of a streaming method, as they arrive.</summary>
internal sealed class RequestStreamReader<T>(MessageReader<T> messages) : IAsyncStreamReader<T>
    where T : class
{
    private T? _current;

    public T Current => _current ?? throw new InvalidOperationException("There is no current message: call MoveNext first, and no more after it returned false.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        _current = await messages.ReadAsync(cancellationToken).ConfigureAwait(false);
        return _current is not null;
    }
}
