using System.Security.Authentication;
using System.Text.RegularExpressions;
using Grpc.Core;

namespace KioskLink.Cli.Connecting;

/// <summary>Turns the status of a failed call into one sentence and an exit code.</summary>
internal static partial class Refusals
{
    private const string ReasonTrailer = "kiosklink-reason";

    /// <summary>Whether the register itself gave a reason, and so was there to give it.</summary>
    public static bool HasReason(RpcException refusal) => refusal.Trailers.GetValue(ReasonTrailer) is not null;

    /// <summary>What a failed call means to the person who made it.</summary>
    /// <param name="refusal">The failure.</param>
    /// <param name="address">Whom was called.</param>
    public static CommandProblem Explain(RpcException refusal, string address)
    {
        var reason = refusal.Trailers.GetValue(ReasonTrailer) ?? ReasonWord().Match(refusal.Status.Detail).Groups[1].Value;
        var sentence = ReasonWord().Replace(refusal.Status.Detail, "");
        if (reason.Length > 0)
            return new CommandProblem(ExitCode.Refused, reason, $"{sentence} ({reason})");
        if (Causes(refusal.Status.DebugException).Any(cause => cause is AuthenticationException))
            return new CommandProblem(ExitCode.Unreachable, "NOT_THE_REGISTER",
                $"{address} cannot prove that it is the register of this identity; check the address, and take ca.pem from that register's data folder.");
        return refusal.StatusCode switch
        {
            StatusCode.Unavailable => new CommandProblem(ExitCode.Unreachable, "UNREACHABLE",
                $"{address} does not answer; start it, or check the address and the network."),
            StatusCode.DeadlineExceeded => new CommandProblem(ExitCode.Unreachable, "NO_ANSWER_IN_TIME",
                $"{address} did not answer in time; look at its log, and try again."),
            StatusCode.Unimplemented => new CommandProblem(ExitCode.Refused, "UNIMPLEMENTED",
                $"{address} does not know this call; bring it and kiosklink to the same version."),
            _ => new CommandProblem(ExitCode.Refused, WireName(refusal.StatusCode), $"{address} refused: {sentence}"),
        };
    }

    private static IEnumerable<Exception> Causes(Exception? failure)
    {
        for (; failure is not null; failure = failure.InnerException)
            yield return failure;
    }

    private static string WireName(StatusCode code) => WordStart().Replace(code.ToString(), "_").ToUpperInvariant();

    [GeneratedRegex("^([A-Z][A-Z_]+): ")]
    private static partial Regex ReasonWord();

    [GeneratedRegex("(?<!^)(?=[A-Z])")]
    private static partial Regex WordStart();
}
