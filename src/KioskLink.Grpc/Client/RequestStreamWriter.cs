using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>Writes the requests of a streaming call.</summary>
internal sealed class RequestStreamWriter<TRequest, TResponse>(HttpCall<TRequest, TResponse> call, RequestStreamGate gate) : IClientStreamWriter<TRequest>
    where TRequest : class
    where TResponse : class
{
    private int _writing;
    private bool _completed;

    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(TRequest message) => WriteAsync(message, CancellationToken.None);

    public async Task WriteAsync(TRequest message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (_completed)
            throw new InvalidOperationException("The stream of requests was completed; nothing can be written to it any more.");
        if (call.HasEnded)
            throw call.Failure();
        if (Interlocked.Exchange(ref _writing, 1) == 1)
            throw new InvalidOperationException("A message is still being written; await each WriteAsync before the next.");
        using var cancels = cancellationToken.UnsafeRegister(_ => call.Cancel("The write was cancelled."), null);
        try
        {
            await SendAsync(message).ConfigureAwait(false);
        }
        catch (Exception failure) when (failure is ObjectDisposedException or not InvalidOperationException)
        {
            throw await call.WriteFailureAsync(failure).ConfigureAwait(false);
        }
        finally
        {
            Volatile.Write(ref _writing, 0);
        }
    }

    public Task CompleteAsync()
    {
        if (Volatile.Read(ref _writing) == 1)
            return Task.FromException(new InvalidOperationException("A message is still being written; await its WriteAsync before CompleteAsync."));
        _completed = true;
        gate.Complete();
        return Task.CompletedTask;
    }

    private async Task SendAsync(TRequest message)
    {
        var flags = (WriteOptions ?? call.Options.WriteOptions)?.Flags ?? WriteFlags.None;
        using var frame = call.Frame(message, flags);
        var stream = await gate.Stream.ConfigureAwait(false);
        await stream.WriteAsync(frame.Memory, call.Token).ConfigureAwait(false);
        if (!flags.HasFlag(WriteFlags.BufferHint))
            await stream.FlushAsync(call.Token).ConfigureAwait(false);
    }
}
