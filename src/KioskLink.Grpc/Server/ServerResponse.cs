using System.IO.Compression;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Primitives;

namespace Grpc.AspNetCore.Server;

/// <summary>The response side of one call. The method and its deadline may both want to end it; whoever claims the end first does.</summary>
internal sealed class ServerResponse(HttpContext http, int? maxMessageSize, CompressionLevel? compression)
{
    private static readonly StringValues Success = "0";

    private readonly PipeMessageWriter _writer = new(http.Response.BodyWriter, maxMessageSize);
    private int _phase = (int)ResponsePhase.Open;
    private bool _hasBody;

    /// <summary>Sends the headers and these entries now; headers leave the server by flushing the body.</summary>
    internal async Task SendHeadersAsync(Metadata headers)
    {
        if (http.Response.HasStarted || _hasBody)
            throw new InvalidOperationException("The response headers have been sent already.");
        BeginWrite();
        try
        {
            Append(http.Response.Headers, headers);
            _hasBody = true;
            await http.Response.BodyWriter.FlushAsync().ConfigureAwait(false);
        }
        finally
        {
            FinishWrite();
        }
    }

    /// <summary>Writes a message of a stream.</summary>
    /// <exception cref="InvalidOperationException">Another write is in progress.</exception>
    /// <exception cref="OperationCanceledException">The call is over.</exception>
    internal async Task WriteAsync<T>(Marshaller<T> marshaller, T message, WriteFlags flags, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        BeginWrite();
        try
        {
            Write(marshaller, message, flags);
            if (flags.HasFlag(WriteFlags.BufferHint))
                return;
            var flushed = await http.Response.BodyWriter.FlushAsync(cancellationToken).ConfigureAwait(false);
            if (flushed.IsCompleted || flushed.IsCanceled)
                throw Over();
        }
        finally
        {
            FinishWrite();
        }
    }

    /// <summary>Writes the message without flushing it; the caller has claimed the end.</summary>
    internal void Write<T>(Marshaller<T> marshaller, T message, WriteFlags flags)
    {
        try
        {
            _writer.Write(marshaller, message, flags.HasFlag(WriteFlags.NoCompress) ? null : compression);
            _hasBody = true;
        }
        catch (Exception brokenOff) when (brokenOff is not RpcException)
        {
            Reset(Http2Error.InternalError);
            throw;
        }
    }

    /// <summary>Claims the end of the call; what comes back is the phase before, and the end is the caller's unless that was Ended.</summary>
    internal ResponsePhase Claim() => (ResponsePhase)Interlocked.Exchange(ref _phase, (int)ResponsePhase.Ended);

    /// <summary>Writes the status: as trailers, or in the headers of a failed call that has sent nothing (Trailers-Only).</summary>
    internal void WriteStatus(Status status, Metadata? trailers)
    {
        var trailersOnly = status.StatusCode != StatusCode.OK && !_hasBody && !http.Response.HasStarted;
        var target = trailersOnly ? http.Response.Headers : http.Features.GetRequiredFeature<IHttpResponseTrailersFeature>().Trailers;
        if (trailers is not null)
            Append(target, trailers);
        target[HeaderNames.Status] = status.StatusCode == StatusCode.OK ? Success : ((int)status.StatusCode).ToString(System.Globalization.CultureInfo.InvariantCulture);
        if (status.Detail.Length > 0)
            target[HeaderNames.Message] = StatusMessage.Encode(status.Detail);
    }

    /// <summary>Ends the stream with an HTTP/2 error, where no status can be sent any more.</summary>
    internal void Reset(Http2Error error)
    {
        if (http.Features.Get<IHttpResetFeature>() is { } stream)
            stream.Reset((int)error);
        else
            http.Abort();
    }

    private static void Append(IHeaderDictionary target, Metadata entries)
    {
        foreach (var entry in entries)
        {
            if (!HeaderNames.IsReserved(entry.Key))
                target.Append(entry.Key, MetadataHeader.Encode(entry));
        }
    }

    private static OperationCanceledException Over() => new("The call is over: its client is gone or its deadline has passed.");

    private void BeginWrite()
    {
        var before = (ResponsePhase)Interlocked.CompareExchange(ref _phase, (int)ResponsePhase.Writing, (int)ResponsePhase.Open);
        if (before == ResponsePhase.Writing)
            throw new InvalidOperationException("A message is still being written; await each WriteAsync before the next.");
        if (before == ResponsePhase.Ended || http.RequestAborted.IsCancellationRequested)
            throw Over();
    }

    private void FinishWrite() => Interlocked.CompareExchange(ref _phase, (int)ResponsePhase.Open, (int)ResponsePhase.Writing);
}
