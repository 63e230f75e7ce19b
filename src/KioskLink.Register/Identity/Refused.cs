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
}
