using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Testing;

namespace KioskLink.Cli.FakeRegister;

/// <summary>A CA of a test's own, a server certificate, and the folder that an administrator would be given.</summary>
internal sealed class IdentityFolder : IDisposable
{
    private static readonly DateTimeOffset From = TimeProvider.System.GetUtcNow().AddHours(-1);
    private static readonly DateTimeOffset To = From.AddDays(365);

    private readonly TempFolder _folder = new();

    public IdentityFolder()
    {
        using var authorityKey = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Test CA", authorityKey, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, true, 0, true));
        using var authority = request.CreateSelfSigned(From, To);
        _folder.Write("ca.pem", authority.ExportCertificatePem());

        var (server, serverKey) = Issue("CN=register", authority, 1);
        Server = server.CopyWithPrivateKey(serverKey);
        var (admin, adminKey) = Issue("CN=maija, OU=administrator", authority, 2);
        _folder.Write("admin.pem", admin.ExportCertificatePem());
        _folder.Write("admin.key", adminKey.ExportPkcs8PrivateKeyPem());
    }

    public string Path => _folder.Path;

    public X509Certificate2 Server { get; }

    public void Dispose()
    {
        Server.Dispose();
        _folder.Dispose();
    }

    private static (X509Certificate2 Certificate, ECDsa Key) Issue(string subject, X509Certificate2 authority, byte serial)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(subject, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return (request.Create(authority, From, To, [serial]), key);
    }
}
