using System.Collections.Frozen;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Profiles;

/// <summary>What a profile must say about disclosures and processors, so that a wrong one stops the register and discloses nothing.</summary>
internal static class DisclosureCheck
{
    private static readonly FrozenSet<string> Eea = new[]
    {
        "AT", "BE", "BG", "HR", "CY", "CZ", "DK", "EE", "FI", "FR", "DE", "GR", "HU", "IE", "IT", "LV", "LT", "LU", "MT", "NL", "PL", "PT", "RO",
        "SK", "SI", "ES", "SE", "IS", "LI", "NO",
    }.ToFrozenSet();

    /// <summary>Whether a country belongs to the EU or EEA.</summary>
    public static bool IsEea(string country) => Eea.Contains(country);

    /// <summary>The first thing that is wrong, naming the key and the mend; null when all is well.</summary>
    public static string? Problem(ConsortiumProfile profile) => Disclosures(profile) ?? Processors(profile);

    private static string? Disclosures(ConsortiumProfile profile)
    {
        if (profile.Disclosures.Select(disclosure => disclosure.Kind).Distinct().Count() != profile.Disclosures.Count)
        {
            return "`disclosures` names a kind twice: keep one.";
        }

        foreach (var disclosure in profile.Disclosures)
        {
            if (disclosure.Kind is not (DisclosureKind.Collection or DisclosureKind.Invoicing or DisclosureKind.InvoiceCollection))
            {
                return "`disclosures.kind` must be collection, invoicing or invoice-collection: correct it.";
            }

            if (disclosure.Recipient.Length == 0 || disclosure.Basis.Length == 0)
            {
                return "`disclosures.recipient` and `disclosures.basis` must say who receives the data and on what legal basis: add them.";
            }

            if (disclosure.Kind == DisclosureKind.Collection != disclosure.OverdueDays is >= 1)
            {
                return "`disclosures.overdueDays` must be 1 or more for collection, and belongs to no other kind: correct it.";
            }
        }

        return null;
    }

    private static string? Processors(ConsortiumProfile profile)
    {
        foreach (var processor in profile.Processors)
        {
            if (processor.Name.Length == 0 || processor.Contract.Length == 0)
            {
                return "`processors.name` and `processors.contract` must name the processor and its contract: add them.";
            }

            if (processor.Country is not [>= 'A' and <= 'Z', >= 'A' and <= 'Z'])
            {
                return $"`processors.country` of {processor.Name} must be two capital letters such as FI: correct it.";
            }

            if (!profile.NonEuTransfersAllowed && !IsEea(processor.Country))
            {
                return $"`processors.country` of {processor.Name} is {processor.Country}, outside the EU and EEA, and `nonEuTransfersAllowed` is false: take another processor.";
            }
        }

        return null;
    }
}
