using Google.Protobuf;

namespace Grpc.Core;

/// <summary>Carries <see cref="Google.Rpc.Status"/> in the trailers of a call.</summary>
public static class RpcStatusExtensions
{
    /// <summary>The trailer that holds the serialised status.</summary>
    internal const string Trailer = "grpc-status-details-bin";

    /// <summary>The exception that ends a call with this status; its details travel in the trailers.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status) =>
        status.ToRpcException((StatusCode)status.Code, status.Message);

    /// <summary>The exception that ends a call with this status but another code and text.</summary>
    public static RpcException ToRpcException(this Google.Rpc.Status status, StatusCode statusCode, string message)
    {
        var trailers = new Metadata();
        trailers.SetRpcStatus(status);
        return new RpcException(new Status(statusCode, message), trailers);
    }
}

/// <summary>Reads the status a call's trailers carry.</summary>
public static class ExceptionExtensions
{
    /// <summary>The status with its details, or null where the server sent none.</summary>
    public static Google.Rpc.Status? GetRpcStatus(this RpcException ex) => ex.Trailers.GetRpcStatus();
}

/// <summary>Puts a status into metadata and takes it out.</summary>
public static class MetadataExtensions
{
    /// <summary>The status with its details, or null where there is none.</summary>
    /// <exception cref="InvalidProtocolBufferException">The trailer holds something else.</exception>
    public static Google.Rpc.Status? GetRpcStatus(this Metadata metadata) =>
        metadata.GetValueBytes(RpcStatusExtensions.Trailer) is { } bytes ? Google.Rpc.Status.Parser.ParseFrom(bytes) : null;

    /// <summary>Adds the status, in place of one that is there.</summary>
    public static void SetRpcStatus(this Metadata metadata, Google.Rpc.Status status)
    {
        if (metadata.Get(RpcStatusExtensions.Trailer) is { } old)
            metadata.Remove(old);
        metadata.Add(RpcStatusExtensions.Trailer, status.ToByteArray());
    }
}
