using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KioskLink.Node.Enrolment;

/// <summary>Keys and certificate requests of a node; the register alone decides what the certificate says.</summary>
internal static class CertificateRequests
{
    /// <summary>A new P-256 key.</summary>
    public static ECDsa NewKey() => ECDsa.Create(ECCurve.NamedCurves.nistP256);

    /// <summary>A PKCS#10 request for a key, DER.</summary>
    public static byte[] For(string nodeId, ECDsa key)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddCommonName(nodeId);
        return new CertificateRequest(subject.Build(), key, HashAlgorithmName.SHA256).CreateSigningRequest();
    }

    /// <summary>The certificate that came back, with its key.</summary>
    public static X509Certificate2 WithKey(byte[] certificate, ECDsa key)
    {
        using var bare = X509CertificateLoader.LoadCertificate(certificate);
        return bare.CopyWithPrivateKey(key);
    }
}
