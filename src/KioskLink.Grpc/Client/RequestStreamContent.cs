using System.Net;

namespace Grpc.Net.Client;

/// <summary>A stream of requests as the body of an HTTP request, held open until it is completed.</summary>
internal sealed class RequestStreamContent(RequestStreamGate gate) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) => SerializeToStreamAsync(stream, context, CancellationToken.None);

    /// <summary>
    /// Flushes first: the call's headers leave before its first request. The transport's token is left alone: it fires when the
    /// stream is reset, and a body that threw for it would hide the reset's error code.
    /// </summary>
    protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken)
    {
        await stream.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        if (!gate.TryOpen(stream))
            throw new IOException("A stream of requests cannot be sent a second time.");
        await gate.Completed.ConfigureAwait(false);
    }

    protected override bool TryComputeLength(out long length)
    {
        length = 0;
        return false;
    }
}
