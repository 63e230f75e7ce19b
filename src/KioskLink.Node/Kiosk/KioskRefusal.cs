using Grpc.Core;

namespace KioskLink.Node.Kiosk;

/// <summary>Answers of the kiosk API that are no answers: a status, one reason word, and what to do.</summary>
internal static class KioskRefusal
{
    /// <summary>The trailer that carries the reason word.</summary>
    public const string ReasonTrailer = "kiosklink-reason";

    /// <summary>The call carries no token of this node.</summary>
    public static RpcException Token() => Make(StatusCode.Unauthenticated, "TOKEN_INVALID",
        "send `authorization: Bearer` with the token of a device that this node's token file names");

    /// <summary>The call is not one of the device's.</summary>
    public static RpcException Role() => Make(StatusCode.PermissionDenied, "DEVICE_ROLE",
        "this device is for something else: the token file says what it is for");

    /// <summary>A field of the request cannot be used.</summary>
    public static RpcException Field(string field, string mend) => Make(StatusCode.InvalidArgument, "FIELD_INVALID", $"{field}: {mend}");

    /// <summary>The door is none of this node's.</summary>
    public static RpcException Door(string doorId) => Make(StatusCode.NotFound, "DOOR_UNKNOWN", $"this node has no door {doorId}");

    /// <summary>The register cannot be asked now.</summary>
    public static RpcException Maintenance() => Make(StatusCode.Unavailable, "MAINTENANCE", "the register cannot be asked now: try again later");

    /// <summary>The register keeps no circulation.</summary>
    public static RpcException NoCirculation() => Make(StatusCode.Unimplemented, "NO_CIRCULATION", "the register of this consortium keeps no loans");

    private static RpcException Make(StatusCode code, string reason, string sentence) =>
        new(new Status(code, $"{reason}: {sentence}"), new Metadata { { ReasonTrailer, reason } });
}
