using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>The requests of a call, as they arrive.</summary>
internal sealed class RequestStreamReader<T>(HttpServerCall call, Marshaller<T> marshaller) : IAsyncStreamReader<T>
    where T : class
{
    /// <summary>How long the one request of a method may take to arrive where the client set no deadline.</summary>
    internal static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly MessageReader<T> _messages = new(call.Http.Request.BodyReader, marshaller, call.Settings.MaxReceiveMessageSize, call.RequestEncoding);
    private T? _current;

    public T Current => _current ?? throw new InvalidOperationException("There is no current message: call MoveNext first, and no more after it returned false.");

    public async Task<bool> MoveNext(CancellationToken cancellationToken)
    {
        try
        {
            _current = await _messages.ReadAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (IOException gone) when (gone is not BadHttpRequestException)
        {
            throw new ClientGoneException(gone);
        }
        return _current is not null;
    }

    /// <summary>The one request of a method that does not stream them.</summary>
    internal ValueTask<T> ReadOnlyAsync()
    {
        var request = _messages.ReadOnlyAsync(CancellationToken.None);
        return request.IsCompletedSuccessfully ? request : WaitAsync(request);
    }

    private async ValueTask<T> WaitAsync(ValueTask<T> request)
    {
        var stalled = false;
        await using var timer = call.HasDeadline ? null : call.Settings.Clock.CreateTimer(_ => GiveUp(ref stalled), null, Patience, Timeout.InfiniteTimeSpan);
        try
        {
            return await request.ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (stalled)
        {
            throw Failure.Stalled(Patience);
        }
        catch (IOException gone) when (gone is not BadHttpRequestException)
        {
            throw new ClientGoneException(gone);
        }
    }

    private void GiveUp(ref bool stalled)
    {
        stalled = true;
        call.CancelRead();
    }
}
