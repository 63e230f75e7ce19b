using System.IO.Compression;

namespace Grpc.AspNetCore.Server;

/// <summary>How gRPC services are served; sizes in bytes.</summary>
public class GrpcServiceOptions
{
    /// <summary>The largest request taken unless set otherwise: 4 MiB.</summary>
    internal const int DefaultMaxReceiveMessageSize = 4 * 1024 * 1024;

    /// <summary>The largest message taken, packed and unpacked; null for no limit. Larger ones end the call with RESOURCE_EXHAUSTED.</summary>
    public int? MaxReceiveMessageSize { get; set; } = DefaultMaxReceiveMessageSize;

    /// <summary>The largest message sent; null for no limit. Larger ones end the call with RESOURCE_EXHAUSTED.</summary>
    public int? MaxSendMessageSize { get; set; }

    /// <summary>Whether the text of an unexpected exception travels to the client; never where clients are not trusted.</summary>
    public bool? EnableDetailedErrors { get; set; }

    /// <summary><c>gzip</c> packs responses for clients that accept it; null sends them as they are.</summary>
    public string? ResponseCompressionAlgorithm { get; set; }

    /// <summary>How hard responses are packed.</summary>
    public CompressionLevel? ResponseCompressionLevel { get; set; }

    /// <summary>Whether paths of services that are not mapped are left to other endpoints instead of answered UNIMPLEMENTED.</summary>
    public bool? IgnoreUnknownServices { get; set; }

    /// <summary>The interceptors around every method, the first one outermost.</summary>
    public InterceptorCollection Interceptors { get; } = [];
}

/// <summary>How one service is served; what is not set here is as in <see cref="GrpcServiceOptions"/>, and its interceptors stand inside those.</summary>
public class GrpcServiceOptions<TService> : GrpcServiceOptions
    where TService : class
{
}
