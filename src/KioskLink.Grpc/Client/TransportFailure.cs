using System.Net;
using System.Security.Authentication;
using Grpc.Core;
using Grpc.Wire;

namespace Grpc.Net.Client;

/// <summary>Turns what HTTP and sockets report into the status of a call (gRPC over HTTP/2, "Errors"; "HTTP to gRPC Status Code Mapping").</summary>
internal static class TransportFailure
{
    /// <summary>The status of a call whose transport failed.</summary>
    internal static Status StatusOf(Exception failure)
    {
        var causes = Causes(failure).ToList();
        var detail = string.Join(" ", causes.Select(cause => cause.Message).Distinct());
        var code = causes.OfType<HttpProtocolException>().FirstOrDefault() is { } protocol
            ? CodeOf((Http2Error)protocol.ErrorCode)
            : causes.Exists(IsUnreachable) ? StatusCode.Unavailable : StatusCode.Internal;
        return new Status(code, detail, failure);
    }

    /// <summary>The status of a response that is not gRPC's.</summary>
    internal static Status StatusOf(HttpStatusCode http, string? contentType) => http == HttpStatusCode.OK
        ? new Status(StatusCode.Unknown, $"The response is not gRPC: its content type is {contentType ?? "missing"}.")
        : new Status(CodeOf(http), $"The response is not gRPC: HTTP status {(int)http}.");

    /// <summary>The status of a response whose trailers carry none.</summary>
    internal static Status Missing() => new(StatusCode.Unknown, "The response ended without grpc-status.");

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }

    private static bool IsUnreachable(Exception cause) =>
        cause is HttpRequestException or IOException or System.Net.Sockets.SocketException or AuthenticationException or ObjectDisposedException;

    /// <summary>
    /// HttpClient reports a reset stream and a lost connection alike. NO_ERROR is taken for GOAWAY, a server that shuts down, and
    /// PROTOCOL_ERROR for a keepalive ping that was not answered: both are worth a retry.
    /// </summary>
    private static StatusCode CodeOf(Http2Error error) => error switch
    {
        Http2Error.NoError or Http2Error.ProtocolError or Http2Error.RefusedStream => StatusCode.Unavailable,
        Http2Error.Cancel => StatusCode.Cancelled,
        Http2Error.EnhanceYourCalm => StatusCode.ResourceExhausted,
        Http2Error.InadequateSecurity => StatusCode.PermissionDenied,
        _ => StatusCode.Internal,
    };

    private static StatusCode CodeOf(HttpStatusCode http) => http switch
    {
        HttpStatusCode.BadRequest => StatusCode.Internal,
        HttpStatusCode.Unauthorized => StatusCode.Unauthenticated,
        HttpStatusCode.Forbidden => StatusCode.PermissionDenied,
        HttpStatusCode.NotFound => StatusCode.Unimplemented,
        HttpStatusCode.TooManyRequests or HttpStatusCode.BadGateway or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout => StatusCode.Unavailable,
        _ => StatusCode.Unknown,
    };
}
