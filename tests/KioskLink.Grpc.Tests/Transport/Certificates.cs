using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using KioskLink.Testing;

namespace Grpc.Testing;

/// <summary>A certificate authority of one test, with a server and a client it vouches for.</summary>
internal sealed class Certificates : IDisposable
{
    private static readonly DateTimeOffset From = new(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Until = new(2060, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private readonly TempFolder _folder = new();

    internal Certificates()
    {
        Authority = NewAuthority();
        Server = Issue("CN=localhost", serial: 1);
        Client = Issue("CN=node-1", serial: 2);
    }

    internal X509Certificate2 Authority { get; }

    internal X509Certificate2 Server { get; }

    internal X509Certificate2 Client { get; }

    /// <summary>The files a foreign client needs: authority, certificate, key.</summary>
    internal string[] ClientFiles() => Files(Client, "client");

    /// <summary>The files a foreign server needs: authority, certificate, key.</summary>
    internal string[] ServerFiles() => Files(Server, "server");

    /// <summary>Whether a certificate was issued by this authority.</summary>
    internal bool Vouches(X509Certificate2? certificate)
    {
        using var chain = new X509Chain { ChainPolicy = { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck } };
        chain.ChainPolicy.CustomTrustStore.Add(Authority);
        return certificate is not null && chain.Build(certificate);
    }

    public void Dispose() => _folder.Dispose();

    private string[] Files(X509Certificate2 certificate, string name) =>
    [
        _folder.Write("ca.pem", Authority.ExportCertificatePem()),
        _folder.Write($"{name}.pem", certificate.ExportCertificatePem()),
        _folder.Write($"{name}.key", certificate.GetECDsaPrivateKey()!.ExportPkcs8PrivateKeyPem()),
    ];

    private static X509Certificate2 NewAuthority()
    {
        var request = new CertificateRequest("CN=Test CA", ECDsa.Create(ECCurve.NamedCurves.nistP256), HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(From, Until);
    }

    private X509Certificate2 Issue(string name, byte serial)
    {
        var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest(name, key, HashAlgorithmName.SHA256);
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        return request.Create(Authority, From, Until, [serial]).CopyWithPrivateKey(key);
    }
}
