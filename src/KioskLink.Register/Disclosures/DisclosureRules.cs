using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Profiles;

namespace KioskLink.Register.Disclosures;

/// <summary>Which disclosures a consortium makes as a matter of course; others are refused. Pure.</summary>
internal static class DisclosureRules
{
    /// <summary>The profile's rule for a kind.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION where the profile has none.</exception>
    public static DisclosureProfile Require(ConsortiumProfile profile, DisclosureKind kind) => Find(profile, kind)
        ?? throw NotInProfile($"The consortium's profile has no disclosure of the kind {kind}: nothing may be disclosed so.");

    /// <summary>The profile's rule for a kind; null where it has none.</summary>
    public static DisclosureProfile? Find(ConsortiumProfile profile, DisclosureKind kind) =>
        profile.Disclosures.FirstOrDefault(disclosure => disclosure.Kind == kind);

    /// <summary>The fields that a kind of the profile tells, and no others.</summary>
    public static IReadOnlyList<string> FieldsOf(DisclosureKind kind) => kind switch
    {
        DisclosureKind.Collection => CollectionRun.Fields,
        DisclosureKind.Invoicing => InvoiceExport.UnitFields,
        DisclosureKind.InvoiceCollection => InvoiceExport.AgencyFields,
        DisclosureKind.PopulationRegister => AddressQuery.Fields,
        _ => [],
    };

    /// <summary>An error for what the profile does not have.</summary>
    public static RpcException NotInProfile(string sentence) => Refused.With(StatusCode.FailedPrecondition, "NOT_IN_PROFILE", sentence);
}
