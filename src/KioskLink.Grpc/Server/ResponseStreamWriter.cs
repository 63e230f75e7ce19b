using Grpc.Core;

namespace Grpc.AspNetCore.Server;

/// <summary>The responses of a streaming method, on their way.</summary>
internal sealed class ResponseStreamWriter<T>(HttpServerCall call, Marshaller<T> marshaller) : IServerStreamWriter<T>
    where T : class
{
    public WriteOptions? WriteOptions { get; set; }

    public Task WriteAsync(T message) => WriteAsync(message, CancellationToken.None);

    public Task WriteAsync(T message, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        var flags = (WriteOptions ?? call.WriteOptions)?.Flags ?? WriteFlags.None;
        return call.Response.WriteAsync(marshaller, message, flags, cancellationToken);
    }
}
