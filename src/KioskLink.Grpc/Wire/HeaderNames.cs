namespace Grpc.Wire;

/// <summary>The header names of gRPC over HTTP/2 and the values that never change.</summary>
internal static class HeaderNames
{
    internal const string ContentType = "application/grpc";
    internal const string Status = "grpc-status";
    internal const string Message = "grpc-message";
    internal const string Timeout = "grpc-timeout";
    internal const string Encoding = "grpc-encoding";
    internal const string AcceptEncoding = "grpc-accept-encoding";
    internal const string AcceptedEncodings = "identity,gzip";
    internal const string Identity = "identity";

    /// <summary>The header by which a client of the official package asks for compressed requests; it never travels.</summary>
    internal const string CompressRequest = "grpc-internal-encoding-request";

    /// <summary>Whether a header belongs to HTTP or gRPC itself and so is no metadata of the caller.</summary>
    internal static bool IsReserved(string name) =>
        name.StartsWith(':') || name.ToLowerInvariant() is Status or Message or Timeout or Encoding or AcceptEncoding
            or "content-type" or "te" or "host" or "accept-encoding" or "content-length";

    /// <summary>Whether a content type says gRPC: <c>application/grpc</c>, alone or followed by <c>+</c> or <c>;</c>.</summary>
    internal static bool IsGrpc(string? contentType) =>
        contentType is not null
        && contentType.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase)
        && (contentType.Length == ContentType.Length || contentType[ContentType.Length] is '+' or ';');
}
