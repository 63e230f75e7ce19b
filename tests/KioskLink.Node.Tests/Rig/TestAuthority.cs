using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Node.Enrolment;

namespace KioskLink.Node.Tests.Rig;

/// <summary>A CA of the tests' own, with certificates like the register's.</summary>
internal sealed class TestAuthority
{
    public const string Consortium = "lastu";
    public const string Branch = "FI-Lh-Renkomaki";
    public const string Node = "renkomaki-front";

    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset End = new(2046, 1, 1, 0, 0, 0, TimeSpan.Zero);

    public TestAuthority()
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN=test CA, OU=ca, O={Consortium}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        Certificate = request.CreateSelfSigned(Start, End);
    }

    public X509Certificate2 Certificate { get; }

    public ECDiffieHellman EnvelopeKey { get; } = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);

    public NodeIdentity NewIdentity() => new(
        Issue($"CN={Node}, OU=node, O={Consortium}"), X509CertificateLoader.LoadCertificate(Certificate.RawData), EnvelopeKey.ExportSubjectPublicKeyInfo(),
        Consortium, Branch, Node);

    public X509Certificate2 NewServer(string role = "register", string consortium = Consortium, DateTimeOffset? end = null) =>
        Issue($"CN=register, OU={role}, O={consortium}", end);

    public X509Certificate2 Certify(byte[] certificateRequest)
    {
        var asked = CertificateRequest.LoadSigningRequest(certificateRequest, HashAlgorithmName.SHA256);
        var request = new CertificateRequest(new X500DistinguishedName($"CN={Node}, OU=node, O={Consortium}"), asked.PublicKey, HashAlgorithmName.SHA256);
        return Sign(request, End);
    }

    private X509Certificate2 Issue(string subject, DateTimeOffset? end = null)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var bare = Sign(request, end ?? End);
        return bare.CopyWithPrivateKey(key);
    }

    private X509Certificate2 Sign(CertificateRequest request, DateTimeOffset end)
    {
        var serial = RandomNumberGenerator.GetBytes(16);
        serial[0] &= 0x7F;
        using var key = Certificate.GetECDsaPrivateKey()!;
        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), Start, end, serial);
    }
}
