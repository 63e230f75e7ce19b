namespace Grpc.Net.Client;

/// <summary>How a channel reaches its server; sizes in bytes.</summary>
public sealed class GrpcChannelOptions
{
    /// <summary>The largest response taken unless set otherwise: 4 MiB.</summary>
    internal const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <summary>
    /// Carries the calls; null makes one of the channel's own. Certificates, Unix sockets (<c>ConnectCallback</c>) and keepalive
    /// (<c>KeepAlivePingDelay</c>, not below five minutes for servers on C-core's defaults) are set on a <see cref="SocketsHttpHandler"/>.
    /// </summary>
    public HttpMessageHandler? HttpHandler { get; set; }

    /// <summary>Whether the channel disposes <see cref="HttpHandler"/> with itself.</summary>
    public bool DisposeHttpClient { get; set; }

    /// <summary>The largest message taken, packed and unpacked; null for no limit. Larger ones end the call with RESOURCE_EXHAUSTED.</summary>
    public int? MaxReceiveMessageSize { get; set; } = DefaultMaxReceiveMessageSize;

    /// <summary>The largest message sent; null for no limit. Larger ones end the call with RESOURCE_EXHAUSTED.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Whether a cancelled call throws <see cref="OperationCanceledException"/> in place of <see cref="Grpc.Core.RpcException"/>.</summary>
    public bool ThrowOperationCanceledOnCancellation { get; set; }

    /// <summary>Where the channel finds its <see cref="TimeProvider"/>; the system's where there is none.</summary>
    public IServiceProvider? ServiceProvider { get; set; }
}
