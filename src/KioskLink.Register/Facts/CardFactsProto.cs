using KioskLink.Rules.Access;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>The facts of a card between rules and wire.</summary>
internal static class CardFactsProto
{
    /// <summary>The facts on the wire, without token and PIN proof.</summary>
    public static Wire.Entitlement ToProto(this CardFacts facts)
    {
        var entitlement = new Wire.Entitlement
        {
            Lost = facts.Lost,
            CardExpiresOn = facts.CardExpiresOn.ToIso(),
            CustomershipFrom = facts.CustomershipFrom.ToIso(),
            CustomershipTo = facts.CustomershipTo.ToIso(),
            Restricted = facts.Restricted,
            Group = facts.Group,
            AgeOkFrom = facts.AgeOkFrom.ToIso(),
            GuardianConsent = facts.GuardianConsent,
            TermsAccepted = facts.TermsAccepted,
            Registered = facts.Registered,
            FeesCents = facts.FeesCents,
            Language = (Wire.Language)facts.Language,
            Guesses = facts.Guesses.ToProto(),
            ExtendedTime = facts.ExtendedTime,
        };
        entitlement.Bans.AddRange(facts.Bans.Select(BanProto.ToProto));
        return entitlement;
    }

    /// <summary>The facts of the wire.</summary>
    public static CardFacts FromProto(this Wire.Entitlement entitlement) => new()
    {
        Lost = entitlement.Lost,
        CardExpiresOn = entitlement.CardExpiresOn.ToDate(),
        CustomershipFrom = entitlement.CustomershipFrom.ToDate(),
        CustomershipTo = entitlement.CustomershipTo.ToDate(),
        Restricted = entitlement.Restricted,
        Bans = [.. entitlement.Bans.Select(BanProto.FromProto)],
        Group = entitlement.Group,
        AgeOkFrom = entitlement.AgeOkFrom.ToDate(),
        GuardianConsent = entitlement.GuardianConsent,
        TermsAccepted = entitlement.TermsAccepted,
        Registered = entitlement.Registered,
        FeesCents = entitlement.FeesCents,
        Language = (Language)entitlement.Language,
        Guesses = entitlement.Guesses.FromProto(),
        ExtendedTime = entitlement.ExtendedTime,
    };
}
