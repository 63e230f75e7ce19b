using System.Net;
using Grpc.Core;

namespace Grpc.Net.Client;

/// <summary>The one request of a call as the body of its HTTP request; serialised while it is sent, so that it can be sent again on another connection.</summary>
internal sealed class RequestContent<TRequest, TResponse>(HttpCall<TRequest, TResponse> call, TRequest request) : HttpContent
    where TRequest : class
    where TResponse : class
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        using var frame = call.Frame(request, call.Options.WriteOptions?.Flags ?? WriteFlags.None);
        await stream.WriteAsync(frame.Memory, cancellationToken).ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
