using Grpc.Core;

namespace KioskLink.Node.RegisterLink;

/// <summary>What the register's error codes mean to the node.</summary>
internal static class Refusal
{
    /// <summary>The trailer that carries the reason word.</summary>
    public const string ReasonTrailer = "kiosklink-reason";

    private const string Revoked = "CERTIFICATE_REVOKED";
    private const string Fork = "JOURNAL_FORK";
    private const string Expired = "CERTIFICATE_EXPIRED";
    private const string Maintenance = "MAINTENANCE";
    private const string Device = "DEVICE_ROLE";

    /// <summary>The reason word; empty when the register gave none.</summary>
    public static string ReasonOf(RpcException error) => error.Trailers.GetValue(ReasonTrailer) ?? "";

    /// <summary>Whether the node's certificate is refused: an alarm, not an outage.</summary>
    public static bool IsCertificateRefused(RpcException error) => error.StatusCode == StatusCode.Unauthenticated;

    /// <summary>Whether the certificate was revoked: the node may keep no patron's facts.</summary>
    public static bool IsRevoked(RpcException error) => IsCertificateRefused(error) && ReasonOf(error) == Revoked;

    /// <summary>Whether the certificate has expired: it may still be renewed.</summary>
    public static bool IsExpired(RpcException error) => IsCertificateRefused(error) && ReasonOf(error) == Expired;

    /// <summary>Whether the register holds another history of the journal.</summary>
    public static bool IsFork(RpcException error) => error.StatusCode == StatusCode.FailedPrecondition && ReasonOf(error) == Fork;

    /// <summary>Whether the service that was asked for is down by an announced break or an outage; the register itself answers.</summary>
    public static bool IsServiceDown(RpcException error) => error.StatusCode == StatusCode.Unavailable && ReasonOf(error) == Maintenance;

    /// <summary>Whether the device that asks is for something else.</summary>
    public static bool IsOfDevice(RpcException error) => error.StatusCode == StatusCode.PermissionDenied && ReasonOf(error) == Device;

    /// <summary>Whether the register was reached and said no, so that the line is not to blame.</summary>
    public static bool IsAnswer(RpcException error) =>
        error.StatusCode is StatusCode.InvalidArgument or StatusCode.PermissionDenied or StatusCode.NotFound or StatusCode.FailedPrecondition
            or StatusCode.Unimplemented;
}
