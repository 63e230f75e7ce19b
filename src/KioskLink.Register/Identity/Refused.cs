using Grpc.Core;

namespace KioskLink.Register.Identity;

/// <summary>Makes the errors of calls: a canonical code and one reason word, at the start of the message and in a trailer of its own.</summary>
internal static class Refused
{
    /// <summary>The trailer that carries the reason word.</summary>
    public const string ReasonTrailer = "kiosklink-reason";

    /// <summary>An error to throw.</summary>
    /// <param name="code">The canonical code.</param>
    /// <param name="reason">One word in capitals.</param>
    /// <param name="sentence">What is wrong and how to mend it, without personal data.</param>
    public static RpcException With(StatusCode code, string reason, string sentence) =>
        new(new Status(code, $"{reason}: {sentence}"), new Metadata { { ReasonTrailer, reason } });

    /// <summary>The error of a certificate from before they named persons, which sets up and does nothing else (R41).</summary>
    public static RpcException OfNobody() => With(
        StatusCode.PermissionDenied,
        "CERTIFICATE_OF_NOBODY",
        "This certificate names no person and only sets up: make yourself an account with `kiosklink staff add`, sign in, and run `kiosklink administrator renew --as-staff`.");
}
