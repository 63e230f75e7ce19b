using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace KioskLink.Register.Identity;

/// <summary>What a client certificate says about its holder.</summary>
internal static class CertificateReader
{
    private const string CommonName = "2.5.4.3";
    private const string OrganizationName = "2.5.4.10";
    private const string OrganizationalUnit = "2.5.4.11";
    private const string SubjectAlternativeName = "2.5.29.17";
    private const int UriTag = 6; // uniformResourceIdentifier [6] of GeneralName (RFC 5280, 4.2.1.6)

    /// <summary>Reads the holder; null when role, name or consortium is missing, or a node's URI says otherwise than its subject.</summary>
    public static CallerIdentity? Read(X509Certificate2 certificate)
    {
        var subject = PartsOf(certificate.SubjectName);
        var name = subject.GetValueOrDefault(CommonName);
        var consortium = subject.GetValueOrDefault(OrganizationName);
        if (string.IsNullOrEmpty(name) || string.IsNullOrEmpty(consortium)) return null;

        return subject.GetValueOrDefault(OrganizationalUnit) switch
        {
            RoleNames.Administrator => new CallerIdentity(CallerRole.Administrator, consortium, name, null),
            RoleNames.Node => NodeUri(certificate) is { } node && node.NodeId == name && node.Consortium == consortium
                ? new CallerIdentity(CallerRole.Node, consortium, name, node.BranchId)
                : null,
            _ => null,
        };
    }

    /// <summary>The common name of a subject; null when it has none.</summary>
    public static string? NameOf(X500DistinguishedName subject) => PartsOf(subject).GetValueOrDefault(CommonName);

    private static Dictionary<string, string> PartsOf(X500DistinguishedName subject) => subject.EnumerateRelativeDistinguishedNames()
        .Where(part => !part.HasMultipleElements)
        .GroupBy(part => part.GetSingleElementType().Value!)
        .ToDictionary(part => part.Key, part => part.First().GetSingleElementValue()!);

    private static NodeName? NodeUri(X509Certificate2 certificate)
    {
        if (certificate.Extensions[SubjectAlternativeName] is not { } extension) return null;
        var names = new AsnReader(extension.RawData, AsnEncodingRules.DER).ReadSequence();
        var uriTag = new Asn1Tag(TagClass.ContextSpecific, UriTag);
        while (names.HasData)
        {
            if (names.PeekTag() == uriTag)
                return NodeName.TryParse(names.ReadCharacterString(UniversalTagNumber.IA5String, uriTag));
            names.ReadEncodedValue();
        }

        return null;
    }
}
