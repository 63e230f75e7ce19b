using Grpc.Core;

namespace Grpc.Wire;

/// <summary>The statuses with which broken or oversized messages end a call, on either side.</summary>
internal static class Failure
{
    internal static RpcException TooLargeToReceive(long size, int maximum) =>
        new(new Status(StatusCode.ResourceExhausted, $"Received message of {size} bytes exceeds the maximum of {maximum}; raise MaxReceiveMessageSize."));

    internal static RpcException UnpacksTooLarge(int maximum) =>
        new(new Status(StatusCode.ResourceExhausted, $"Received message unpacks to more than the maximum of {maximum} bytes; raise MaxReceiveMessageSize."));

    internal static RpcException TooLargeToSend(int size, int maximum) =>
        new(new Status(StatusCode.ResourceExhausted, $"Message of {size} bytes to be sent exceeds the maximum of {maximum}; raise MaxSendMessageSize."));

    internal static RpcException BadFlag(byte flag) => Internal($"Message prefix has the compressed flag {flag}; only 0 and 1 exist.");

    internal static RpcException CompressedWithoutEncoding() => Internal("Message is marked compressed but the call names no encoding.");

    internal static RpcException BadGzip(Exception cause) => Internal("Message is not valid gzip.", cause);

    internal static RpcException Unreadable(Exception cause) => Internal("Message cannot be parsed.", cause);

    internal static RpcException Truncated() => Internal("The stream ended within a message.");

    internal static RpcException NoMessage() => Internal("The stream ended without the one message the method has.");

    internal static RpcException NothingReturned() => new(new Status(StatusCode.Cancelled, "The method returned no message."));

    internal static RpcException SecondMessage() => Internal("A second message arrived where the method has one.");

    internal static RpcException Stalled(TimeSpan patience) =>
        new(new Status(StatusCode.DeadlineExceeded, $"The request did not arrive whole within {patience.TotalSeconds:0} s."));

    /// <summary>The client's fault is UNIMPLEMENTED on the server, the server's fault INTERNAL on the client (gRPC compression, "Compression Method Asymmetry").</summary>
    internal static RpcException UnknownEncoding(StatusCode code, string encoding) =>
        new(new Status(code, $"Message encoding {encoding} is not supported; {HeaderNames.AcceptedEncodings} are."));

    private static RpcException Internal(string detail, Exception? cause = null) => new(new Status(StatusCode.Internal, detail, cause));
}
