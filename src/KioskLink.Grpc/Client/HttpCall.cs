using System.IO.Compression;
using System.IO.Pipelines;
using System.Net;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>One call on its HTTP/2 stream.</summary>
internal sealed class HttpCall<TRequest, TResponse>(GrpcChannel channel, Method<TRequest, TResponse> method, string? host, CallOptions options)
    : ClientCall(channel, options)
    where TRequest : class
    where TResponse : class
{
    private readonly bool _compressed = options.Headers?.GetValue(HeaderNames.CompressRequest) == Gzip.Name;
    private RequestStreamGate? _requests;
    private Task<MessageReader<TResponse>?>? _opening;
    private Task<TResponse>? _singleResponse;

    /// <summary>The body of a call with one request.</summary>
    internal HttpContent ContentOf(TRequest request) => new RequestContent<TRequest, TResponse>(this, request);

    /// <summary>The body of a call with a stream of requests, and where they are written.</summary>
    internal RequestStreamWriter<TRequest, TResponse> RequestStream(out HttpContent content)
    {
        _requests = new RequestStreamGate();
        content = new RequestStreamContent(_requests);
        return new RequestStreamWriter<TRequest, TResponse>(this, _requests);
    }

    /// <summary>Sends the call and reads its responses one by one.</summary>
    internal ResponseStreamReader<TRequest, TResponse> ResponseStream(HttpContent content)
    {
        EndAtDeadline();
        _opening = OpenAsync(content);
        return new ResponseStreamReader<TRequest, TResponse>(this);
    }

    /// <summary>Sends the call and waits for its only response.</summary>
    internal Task<TResponse> SingleResponseAsync(HttpContent content)
    {
        _opening = OpenAsync(content);
        return _singleResponse = ReadSingleResponseAsync();
    }

    /// <summary>The next response, or null after the last one of a call that succeeded.</summary>
    internal async ValueTask<TResponse?> NextResponseAsync()
    {
        var reader = await _opening!.ConfigureAwait(false);
        if (reader is not null && !HasEnded)
        {
            try
            {
                if (await reader.ReadAsync(Token).ConfigureAwait(false) is { } message)
                    return message;
                reader.Complete();
                End(Response!.TrailingHeaders.ReadStatus() ?? TransportFailure.Missing(), trailers: null);
            }
            catch (Exception failure)
            {
                reader.Complete();
                throw Fail(failure);
            }
        }
        return StatusOf(this).StatusCode == StatusCode.OK ? null : throw Failure();
    }

    /// <summary>Serialises a request.</summary>
    internal MessageFrame Frame(TRequest request, WriteFlags flags) => MessageFrame.Create(
        method.RequestMarshaller,
        request,
        Channel.Options.MaxSendMessageSize,
        _compressed && !flags.HasFlag(WriteFlags.NoCompress) ? CompressionLevel.Fastest : null);

    /// <summary>What to throw when a request could not be written: the status of the call where the server has ended it.</summary>
    internal async Task<Exception> WriteFailureAsync(Exception failure)
    {
        if (failure is RpcException || Token.IsCancellationRequested)
            return Fail(failure);
        await Task.WhenAny(_singleResponse ?? (Task)_opening!).ConfigureAwait(false);
        return HasEnded
            ? Failure()
            : new RpcException(new Status(StatusCode.Cancelled, "The server takes no more requests; read its responses for the status of the call.", failure));
    }

    protected override void CloseRequests() => _requests?.Close();

    private async Task<TResponse> ReadSingleResponseAsync()
    {
        await _opening!.ConfigureAwait(false);
        var response = await NextResponseAsync().ConfigureAwait(false);
        if (response is not null && await NextResponseAsync().ConfigureAwait(false) is not null)
            throw Fail(Wire.Failure.SecondMessage());
        return response ?? throw new RpcException(new Status(StatusCode.Internal, "The call succeeded without a response."));
    }

    /// <summary>Sends the request; null where the call has ended with the response's headers or without any.</summary>
    private async Task<MessageReader<TResponse>?> OpenAsync(HttpContent content)
    {
        try
        {
            if (TimeLeft <= TimeSpan.Zero)
                throw new OperationCanceledException();
            var response = await Channel.Http.SendAsync(NewRequest(content), Token).ConfigureAwait(false);
            Accept(response);
            if (EndedByHeaders(response) is not { } status)
                return NewReader(response);
            End(status, response.Headers.ToMetadata());
        }
        catch (Exception failure)
        {
            Fail(failure);
        }
        return null;
    }

    private HttpRequestMessage NewRequest(HttpContent content)
    {
        content.Headers.TryAddWithoutValidation("content-type", HeaderNames.ContentType);
        var request = new HttpRequestMessage(HttpMethod.Post, Channel.UriOf(method))
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = content,
        };
        request.Headers.TryAddWithoutValidation("te", "trailers");
        request.Headers.TryAddWithoutValidation("user-agent", UserAgent.Value);
        request.Headers.TryAddWithoutValidation(HeaderNames.AcceptEncoding, HeaderNames.AcceptedEncodings);
        if (_compressed)
            request.Headers.TryAddWithoutValidation(HeaderNames.Encoding, Gzip.Name);
        if (TimeLeft is { } left)
            request.Headers.TryAddWithoutValidation(HeaderNames.Timeout, TimeoutHeader.Encode(left));
        if (Options.Headers is { } headers)
            request.Headers.Add(headers);
        request.Headers.Host = host;
        return request;
    }

    private static Status? EndedByHeaders(HttpResponseMessage response)
    {
        if (response.Headers.ReadStatus() is { } trailersOnly)
            return trailersOnly;
        var contentType = response.Content.Headers.Get("content-type");
        if (response.StatusCode != HttpStatusCode.OK || !HeaderNames.IsGrpc(contentType))
            return TransportFailure.StatusOf(response.StatusCode, contentType);
        return response.Headers.Get(HeaderNames.Encoding) is { } encoding and not (HeaderNames.Identity or Gzip.Name)
            ? Wire.Failure.UnknownEncoding(StatusCode.Internal, encoding).Status
            : null;
    }

    private MessageReader<TResponse> NewReader(HttpResponseMessage response) => new(
        PipeReader.Create(response.Content.ReadAsStream(Token)),
        method.ResponseMarshaller,
        Channel.Options.MaxReceiveMessageSize,
        response.Headers.Get(HeaderNames.Encoding));
}
