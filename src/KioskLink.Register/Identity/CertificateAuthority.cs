using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace KioskLink.Register.Identity;

/// <summary>
/// The register's own CA (ECDSA P-256): subject <c>CN=name, OU=role, O=consortium</c>, nodes with the URI
/// <c>kiosklink://consortium/branch/node</c>. Thread-safe.
/// </summary>
internal sealed class CertificateAuthority(X509Certificate2 certificate) : IDisposable
{
    /// <summary>How long the CA and the server's certificate are valid.</summary>
    public const int AuthorityYears = 10;

    /// <summary>How long the administrator's certificate is valid.</summary>
    public static readonly TimeSpan AdministratorValidity = TimeSpan.FromDays(365);

    /// <summary>How long a node's certificate is valid.</summary>
    public static readonly TimeSpan NodeValidity = TimeSpan.FromDays(90);

    /// <summary>The name in administrators' certificates from before they named persons.</summary>
    public const string Nobody = "administrator";

    /// <summary>The age from which a node's certificate may be renewed.</summary>
    public static readonly TimeSpan NodeRenewalAge = TimeSpan.FromDays(30);

    // A node whose clock is slow must not take a fresh certificate for one of the future.
    private static readonly TimeSpan ClockSlack = TimeSpan.FromHours(1);
    private const int SerialLength = 16;
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";
    private const string ClientAuthentication = "1.3.6.1.5.5.7.3.2";

    /// <summary>The CA's certificate.</summary>
    public X509Certificate2 Certificate { get; } = certificate;

    /// <summary>Makes a new CA.</summary>
    public static CertificateAuthority Create(string consortium, DateTimeOffset now)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(Subject("KioskLink CA", "ca", consortium), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        return new CertificateAuthority(request.CreateSelfSigned(now - ClockSlack, now.AddYears(AuthorityYears)));
    }

    /// <summary>Certifies the register's server key for loopback and its configured host.</summary>
    public X509Certificate2 IssueServer(string consortium, string host, ECDsa key, DateTimeOffset now)
    {
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        names.AddIpAddress(IPAddress.IPv6Loopback);
        names.AddDnsName("localhost");
        if (IPAddress.TryParse(host.Trim('[', ']'), out var address))
            names.AddIpAddress(address);
        else if (host != "localhost")
            names.AddDnsName(host);

        var request = new CertificateRequest(Subject("register", RoleNames.Register, consortium), key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return Issue(request, ServerAuthentication, now, now.AddYears(AuthorityYears));
    }

    /// <summary>Certifies an administrator's key.</summary>
    public X509Certificate2 IssueAdministrator(string consortium, string userName, ECDsa key, DateTimeOffset now)
    {
        var request = new CertificateRequest(Subject(userName, RoleNames.Administrator, consortium), key, HashAlgorithmName.SHA256);
        return Issue(request, ClientAuthentication, now, now + AdministratorValidity);
    }

    /// <summary>Certifies the new key of an administrator; the name comes from the caller's account, and the request must have the same.</summary>
    /// <param name="consortium">The consortium.</param>
    /// <param name="userName">The account.</param>
    /// <param name="certificateRequest">PKCS#10, DER.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="CryptographicException">The request is malformed, names another, its signature is wrong, or its key is no P-256 key.</exception>
    public X509Certificate2 RenewAdministrator(string consortium, string userName, byte[] certificateRequest, DateTimeOffset now)
    {
        var asked = CertificateRequest.LoadSigningRequest(certificateRequest, HashAlgorithmName.SHA256);
        if (CertificateReader.NameOf(asked.SubjectName) != userName)
        {
            throw new CryptographicException("The certificate request names another than the caller.");
        }

        var request = new CertificateRequest(Subject(userName, RoleNames.Administrator, consortium), KeyOf(asked), HashAlgorithmName.SHA256);
        return Issue(request, ClientAuthentication, now, now + AdministratorValidity);
    }

    /// <summary>Certifies the key of a node's request; names come from the register, never from the request.</summary>
    /// <param name="node">Who the node is.</param>
    /// <param name="certificateRequest">PKCS#10, DER.</param>
    /// <param name="now">The time.</param>
    /// <exception cref="CryptographicException">The request is malformed, its signature is wrong, or its key is no P-256 key.</exception>
    public X509Certificate2 IssueNode(NodeName node, byte[] certificateRequest, DateTimeOffset now)
    {
        var publicKey = KeyOf(CertificateRequest.LoadSigningRequest(certificateRequest, HashAlgorithmName.SHA256));
        var names = new SubjectAlternativeNameBuilder();
        names.AddUri(node.Uri);
        var request = new CertificateRequest(Subject(node.NodeId, RoleNames.Node, node.Consortium), publicKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(names.Build());
        return Issue(request, ClientAuthentication, now, now + NodeValidity);
    }

    /// <inheritdoc/>
    public void Dispose() => Certificate.Dispose();

    private X509Certificate2 Issue(CertificateRequest request, string usage, DateTimeOffset now, DateTimeOffset end)
    {
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.DigitalSignature, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid(usage)], false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(Certificate, true, false));
        var last = end < Certificate.NotAfter ? end : Certificate.NotAfter;
        var first = now - ClockSlack > Certificate.NotBefore ? now - ClockSlack : Certificate.NotBefore;
        using var key = Certificate.GetECDsaPrivateKey()!;
        return request.Create(Certificate.SubjectName, X509SignatureGenerator.CreateForECDsa(key), first, last, NewSerial());
    }

    private static PublicKey KeyOf(CertificateRequest asked)
    {
        using var key = asked.PublicKey.GetECDsaPublicKey();
        return key?.KeySize == 256 ? asked.PublicKey : throw new CryptographicException("The key of the certificate request is not an ECDSA P-256 key.");
    }

    private static byte[] NewSerial()
    {
        var serial = RandomNumberGenerator.GetBytes(SerialLength);
        serial[0] &= 0x7F; // A serial number is positive (RFC 5280, 4.1.2.2).
        return serial;
    }

    private static X500DistinguishedName Subject(string name, string role, string consortium)
    {
        var subject = new X500DistinguishedNameBuilder();
        subject.AddOrganizationName(consortium);
        subject.AddOrganizationalUnitName(role);
        subject.AddCommonName(name);
        return subject.Build();
    }
}
