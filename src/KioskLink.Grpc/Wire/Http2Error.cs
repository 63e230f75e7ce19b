namespace Grpc.Wire;

/// <summary>The HTTP/2 error codes that gRPC uses or maps (RFC 9113, 7).</summary>
internal enum Http2Error
{
    NoError = 0,
    ProtocolError = 1,
    InternalError = 2,
    RefusedStream = 7,
    Cancel = 8,
    EnhanceYourCalm = 11,
    InadequateSecurity = 12,
}
