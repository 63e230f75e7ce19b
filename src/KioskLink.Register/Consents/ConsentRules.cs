using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Consents;

/// <summary>What may be consented to in a consortium (R23, R24, D11). Pure.</summary>
internal static class ConsentRules
{
    /// <summary>Whether a consortium may keep a patron's loan history at all, given the consent.</summary>
    public static bool MayKeepHistory(ConsortiumProfile profile, string group) => profile.LoanHistory switch
    {
        LoanHistoryUse.OptIn => true,
        LoanHistoryUse.HomeServiceOnly => IsHomeService(profile, group),
        _ => false,
    };

    /// <summary>Whether a group is served at home.</summary>
    public static bool IsHomeService(ConsortiumProfile profile, string group) =>
        profile.Groups.Any(known => known.Code == group && known.HomeService);

    /// <summary>Refuses, with FAILED_PRECONDITION, to ask for data that is not kept of this patron.</summary>
    public static void RequireOffered(ConsentKind kind, ConsortiumProfile profile, string group)
    {
        var offered = kind switch
        {
            ConsentKind.LoanHistory => MayKeepHistory(profile, group),
            ConsentKind.PreferenceProfile => IsHomeService(profile, group),
            _ => true,
        };
        if (!offered)
        {
            throw Refused.With(
                StatusCode.FailedPrecondition, "CONSENT_NOT_OFFERED", "This consortium keeps no such data of this patron; there is nothing to agree to.");
        }
    }

    /// <summary>Refuses, with FAILED_PRECONDITION, to withdraw what was never given.</summary>
    public static void RequireGiven(ConsentAct act, ConsentState state)
    {
        if (act == ConsentAct.Withdrawn && state != ConsentState.Given)
        {
            throw Refused.With(StatusCode.FailedPrecondition, "CONSENT_NOT_GIVEN", "There is no such consent to withdraw; enter that it was refused.");
        }
    }
}
