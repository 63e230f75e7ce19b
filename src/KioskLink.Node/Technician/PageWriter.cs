using Grpc.Core;

namespace KioskLink.Node.Technician;

/// <summary>Hands what a call streams to the page, in process.</summary>
/// <param name="take">Takes each message; returns at once.</param>
internal sealed class PageWriter<T>(Action<T> take) : IServerStreamWriter<T>
{
    /// <inheritdoc/>
    public WriteOptions? WriteOptions { get; set; }

    /// <inheritdoc/>
    public Task WriteAsync(T message)
    {
        take(message);
        return Task.CompletedTask;
    }

    /// <inheritdoc/>
    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return WriteAsync(message);
    }
}
