using Grpc.Core;
using KioskLink.Register.Audit;
using KioskLink.Register.Profiles;
using KioskLink.Register.Requests;

namespace KioskLink.Register.Identity;

/// <summary>Why a call reads or writes personal data (R6): a code of the profile's list, noted in the audit log.</summary>
internal static class CallPurpose
{
    /// <summary>The metadata in which a caller names the purpose.</summary>
    public const string Metadata = "kiosklink-purpose";

    /// <summary>Serving a patron: the purpose of most calls that name none.</summary>
    public const string CustomerService = "customer-service";

    /// <summary>Keeping loans under control.</summary>
    public const string LoanControl = "loan-control";

    /// <summary>Collecting what is owed.</summary>
    public const string Collection = "collection";

    /// <summary>Self-service use.</summary>
    public const string SelfService = "self-service";

    /// <summary>Statistics, monitoring and planning.</summary>
    public const string Statistics = "statistics";

    /// <summary>Touching no personal data.</summary>
    public const string None = "";

    /// <summary>Settles the purpose of a call before its service sees it.</summary>
    /// <param name="context">The call.</param>
    /// <param name="said">What its metadata say; empty means nothing.</param>
    /// <param name="rule">The call's row in the table of rights.</param>
    /// <param name="profile">The consortium's list of purposes.</param>
    /// <exception cref="RpcException">INVALID_ARGUMENT, naming <c>purpose</c>.</exception>
    public static void Settle(ServerCallContext context, string said, CallRule rule, ConsortiumProfile profile)
    {
        var purpose = said.Length > 0 ? said : rule.Purpose;
        if (purpose.Length > 0)
        {
            context.Audit().For(Known(purpose, profile));
        }
    }

    /// <summary>The purpose that a request names in a field of its own, or else the one that was settled.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT, naming <c>purpose</c>.</exception>
    public static string Of(ServerCallContext context, string asked, ConsortiumProfile profile)
    {
        var settled = context.Audit().Purpose is { Length: > 0 } purpose ? purpose : CustomerService;
        context.Audit().For(Known(asked.Length > 0 ? asked : settled, profile));
        return context.Audit().Purpose;
    }

    private static string Known(string purpose, ConsortiumProfile profile) => profile.Purposes.Contains(purpose)
        ? purpose
        : throw Field.Wrong("purpose", $"must be one of {string.Join(", ", profile.Purposes)}");
}
