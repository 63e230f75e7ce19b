using System.Net.Security;
using System.Security.Cryptography.X509Certificates;

namespace KioskLink.Circulation.Machines;

/// <summary>TLS of a listener: its certificate with the chain behind it.</summary>
internal static class ListenerCertificate
{
    /// <summary>How a listener speaks TLS; null in clear.</summary>
    /// <exception cref="System.Security.Cryptography.CryptographicException">The files hold no certificate with its key.</exception>
    public static SslServerAuthenticationOptions? Read(Sip2ListenConfig listener)
    {
        if (listener.Certificate is not { } path)
            return null;
        using var own = X509Certificate2.CreateFromPemFile(path, listener.CertificateKey ?? path);
        var chain = new X509Certificate2Collection();
        chain.ImportFromPemFile(path);
        // A key that was read from PEM is not the kind that every platform's TLS takes: once around by PKCS #12.
        var certificate = X509CertificateLoader.LoadPkcs12(own.Export(X509ContentType.Pkcs12), password: null);
        return new()
        {
            ServerCertificateContext = SslStreamCertificateContext.Create(certificate, chain, offline: true),
        };
    }
}
