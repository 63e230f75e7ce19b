namespace Grpc.Core;

/// <summary>A call that did not end with <see cref="StatusCode.OK"/>: thrown to a client, or by a service to end its call.</summary>
public class RpcException : Exception
{
    /// <summary>Ends the call with this status.</summary>
    public RpcException(Status status)
        : this(status, Metadata.Empty)
    {
    }

    /// <summary>Ends the call with this status; <paramref name="message"/> stays local.</summary>
    public RpcException(Status status, string message)
        : this(status, Metadata.Empty, message)
    {
    }

    /// <summary>Ends the call with this status and these trailers.</summary>
    public RpcException(Status status, Metadata trailers)
        : this(status, trailers, status.ToString())
    {
    }

    /// <summary>Ends the call with this status and these trailers; <paramref name="message"/> stays local.</summary>
    public RpcException(Status status, Metadata trailers, string message)
        : base(message, status.DebugException)
    {
        ArgumentNullException.ThrowIfNull(trailers);
        Status = status;
        Trailers = trailers;
    }

    /// <summary>The status of the call.</summary>
    public Status Status { get; }

    /// <summary>The code of <see cref="Status"/>.</summary>
    public StatusCode StatusCode => Status.StatusCode;

    /// <summary>The metadata sent after the last message; never null.</summary>
    public Metadata Trailers { get; }
}
