namespace Grpc.Net.Client;

/// <summary>Between the writer of requests and the transport that sends them: hands over the transport's stream and says when no request follows.</summary>
internal sealed class RequestStreamGate
{
    private readonly TaskCompletionSource<Stream> _stream = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _completed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Where requests are written, as soon as the call is on its way; cancelled where it never will be.</summary>
    internal Task<Stream> Stream => _stream.Task;

    /// <summary>Completes when no request follows; cancelled when the call has ended before.</summary>
    internal Task Completed => _completed.Task;

    /// <summary>The transport is ready; false where it was before.</summary>
    internal bool TryOpen(Stream stream) => _stream.TrySetResult(stream);

    /// <summary>No further request follows.</summary>
    internal void Complete() => _completed.TrySetResult();

    /// <summary>The call has ended; what still waits to write is cancelled.</summary>
    internal void Close()
    {
        _stream.TrySetCanceled();
        _completed.TrySetCanceled();
    }
}
