using System.IO.Compression;
using System.Net.Sockets;
using Grpc.Core;
using Grpc.Wire;
using Microsoft.AspNetCore.Http;

namespace Grpc.AspNetCore.Server;

/// <summary>One call on its HTTP request: what the service sees of it.</summary>
internal sealed class HttpServerCall : ServerCallContext, IDisposable
{
    private readonly CallDeadline? _deadline;
    private Metadata? _requestHeaders;
    private Metadata? _trailers;

    internal HttpServerCall(HttpContext http, IMethod method, CallSettings settings)
    {
        Http = http;
        Rpc = method;
        Settings = settings;
        RequestCheck.LiftBodyLimits(http);
        var headers = http.Request.Headers;
        RequestEncoding = headers[HeaderNames.Encoding];
        http.Response.ContentType = HeaderNames.ContentType;
        Response = new ServerResponse(http, settings.MaxSendMessageSize, NegotiatedCompression());
        settings.Meter.Started();
        if (headers[HeaderNames.Timeout].ToString() is { Length: > 0 } header && TimeoutHeader.Decode(header) is { } timeout)
            _deadline = new CallDeadline(this, timeout);
    }

    internal HttpContext Http { get; }

    internal IMethod Rpc { get; }

    internal CallSettings Settings { get; }

    internal ServerResponse Response { get; }

    internal string? RequestEncoding { get; }

    internal bool HasDeadline => _deadline is not null;

    /// <summary>Completes when the deadline has answered the call.</summary>
    internal Task AnsweredByDeadline => _deadline?.Answered ?? Task.CompletedTask;

    protected override string MethodCore => Rpc.FullName;

    protected override string HostCore => Http.Request.Host.Value ?? "";

    protected override string PeerCore => Http.Connection.RemoteIpAddress switch
    {
        null => "unix:",
        { AddressFamily: AddressFamily.InterNetworkV6, IsIPv4MappedToIPv6: false } address => $"ipv6:[{address}]:{Http.Connection.RemotePort}",
        var address => $"ipv4:{address.MapToIPv4()}:{Http.Connection.RemotePort}",
    };

    protected override DateTime DeadlineCore => _deadline?.Time ?? DateTime.MaxValue;

    protected override Metadata RequestHeadersCore => _requestHeaders ??= ReadRequestHeaders();

    protected override CancellationToken CancellationTokenCore => _deadline?.Token ?? Http.RequestAborted;

    protected override Metadata ResponseTrailersCore => _trailers ??= [];

    protected override Status StatusCore { get; set; } = Status.DefaultSuccess;

    protected override WriteOptions? WriteOptionsCore { get; set; }

    public void Dispose()
    {
        _deadline?.Dispose();
        Settings.Meter.Ended();
    }

    /// <summary>Ends the call with its status and, where there is one, its single response.</summary>
    internal void End<TResponse>(Marshaller<TResponse> marshaller, TResponse? response)
        where TResponse : class
    {
        if (response is not null)
            Response.Write(marshaller, response, WriteOptions?.Flags ?? WriteFlags.None);
        Response.WriteStatus(Status, _trailers);
    }

    /// <summary>Ends the call with a failure and the trailers it carries.</summary>
    internal void Fail(Status status, Metadata trailers)
    {
        Settings.Log.CallFailed(Rpc.FullName, status.StatusCode);
        if (!ReferenceEquals(trailers, _trailers))
        {
            foreach (var entry in trailers)
                ResponseTrailers.Add(entry);
        }
        if (status.StatusCode == StatusCode.Unimplemented && !Http.Response.HasStarted)
            Http.Response.Headers[HeaderNames.AcceptEncoding] = HeaderNames.AcceptedEncodings;
        Response.WriteStatus(status, _trailers);
    }

    /// <summary>Ends the call with DEADLINE_EXCEEDED where it has not ended; never throws.</summary>
    internal async Task AnswerDeadlineAsync()
    {
        var before = Response.Claim();
        if (before == ResponsePhase.Ended)
            return;
        Settings.Log.DeadlinePassed(Rpc.FullName);
        CancelRead();
        try
        {
            if (before == ResponsePhase.Writing)
                Response.Reset(Http2Error.Cancel);
            else
                await SendDeadlineExceededAsync().ConfigureAwait(false);
        }
        catch (Exception failed)
        {
            Settings.Log.DeadlineAnswerFailed(Rpc.FullName, failed);
            Response.Reset(Http2Error.Cancel);
        }
    }

    /// <summary>Ends the read that waits for a request, or the next one, with an <see cref="OperationCanceledException"/>.</summary>
    internal void CancelRead()
    {
        try
        {
            Http.Request.BodyReader.CancelPendingRead();
        }
        catch (IOException gone)
        {
            // The client went at the same moment: the read fails by itself.
            Settings.Log.ReadEndedBefore(Rpc.FullName, gone);
        }
    }

    protected override Task WriteResponseHeadersAsyncCore(Metadata responseHeaders) => Response.SendHeadersAsync(responseHeaders);

    private Task SendDeadlineExceededAsync()
    {
        Response.WriteStatus(new Status(StatusCode.DeadlineExceeded, "The deadline passed before the method ended."), trailers: null);
        return Http.Response.CompleteAsync();
    }

    private CompressionLevel? NegotiatedCompression()
    {
        if (Settings.Compression is null || !Http.Request.Headers[HeaderNames.AcceptEncoding].ToString().Contains(Gzip.Name, StringComparison.Ordinal))
            return null;
        Http.Response.Headers[HeaderNames.Encoding] = Gzip.Name;
        return Settings.Compression;
    }

    private Metadata ReadRequestHeaders()
    {
        var metadata = new Metadata();
        foreach (var (name, values) in Http.Request.Headers)
        {
            if (HeaderNames.IsReserved(name))
                continue;
            foreach (var value in values)
                MetadataHeader.AddTo(metadata, name, value ?? "");
        }
        return metadata;
    }
}
