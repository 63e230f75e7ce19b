namespace Grpc.Core;

/// <summary>The canonical result codes of a gRPC call (gRPC specification, "Status codes and their use in gRPC").</summary>
public enum StatusCode
{
    /// <summary>The call succeeded.</summary>
    OK = 0,

    /// <summary>The call was cancelled, usually by the caller.</summary>
    Cancelled = 1,

    /// <summary>An error that carries no better code.</summary>
    Unknown = 2,

    /// <summary>The caller gave an argument that is wrong whatever the state of the system.</summary>
    InvalidArgument = 3,

    /// <summary>The deadline passed before the call ended.</summary>
    DeadlineExceeded = 4,

    /// <summary>What was asked for does not exist.</summary>
    NotFound = 5,

    /// <summary>What was to be created exists already.</summary>
    AlreadyExists = 6,

    /// <summary>The caller is known but may not do this.</summary>
    PermissionDenied = 7,

    /// <summary>A quota, a size limit or a disk is used up.</summary>
    ResourceExhausted = 8,

    /// <summary>The system is not in the state the call needs; do not retry before that state is mended.</summary>
    FailedPrecondition = 9,

    /// <summary>The call lost a race with another one; retry at a higher level.</summary>
    Aborted = 10,

    /// <summary>The argument lies past the valid range in the present state.</summary>
    OutOfRange = 11,

    /// <summary>The method, the service or the message encoding is not supported here.</summary>
    Unimplemented = 12,

    /// <summary>An invariant of the system is broken.</summary>
    Internal = 13,

    /// <summary>The service cannot be reached now; a retry with back-off may succeed.</summary>
    Unavailable = 14,

    /// <summary>Data is lost or damaged beyond mending.</summary>
    DataLoss = 15,

    /// <summary>The caller has no valid credentials.</summary>
    Unauthenticated = 16,
}
