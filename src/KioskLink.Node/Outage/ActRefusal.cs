using Grpc.Core;
using KioskLink.Node.RegisterLink;

namespace KioskLink.Node.Outage;

/// <summary>Answers of LendingService that are no answers: a status, one reason word, and what to do.</summary>
internal static class ActRefusal
{
    /// <summary>A field of the request cannot be used.</summary>
    public static RpcException Field(string field, string mend) => Make(StatusCode.InvalidArgument, "FIELD_INVALID", $"{field}: {mend}");

    /// <summary>The node has not heard of its branch yet.</summary>
    public static RpcException NoBranch() => Make(StatusCode.FailedPrecondition, "BRANCH_UNKNOWN", "this node has never reached its register: nothing can be noted before");

    /// <summary>As many acts wait as the branch allows.</summary>
    public static RpcException Full(int limit) => Make(
        StatusCode.ResourceExhausted, "ACTS_FULL", $"{limit} acts wait for the register: write on paper what else happens, or raise `offline_lending.max_acts` of the branch");

    /// <summary>The disk did not take it.</summary>
    public static RpcException NotKept() => Make(StatusCode.Unavailable, "NOT_KEPT", "the node's disk takes nothing now and nothing was noted: free or mend it");

    private static RpcException Make(StatusCode code, string reason, string sentence) =>
        new(new Status(code, $"{reason}: {sentence}"), new Metadata { { Refusal.ReasonTrailer, reason } });
}
