using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Https;

namespace KioskLink.Register.Hosting;

/// <summary>Opens the register's ports.</summary>
internal static class Listeners
{
    private const int StreamsPerConnectionMax = 1000;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan PingPatience = TimeSpan.FromSeconds(5);

    /// <summary>Opens gRPC over TLS.</summary>
    public static void Open(KestrelServerOptions kestrel, RegisterConfig config, X509Certificate2 certificate)
    {
        kestrel.AddServerHeader = false;
        kestrel.Limits.Http2.MaxStreamsPerConnection = StreamsPerConnectionMax;
        kestrel.Limits.Http2.KeepAlivePingDelay = PingInterval;
        kestrel.Limits.Http2.KeepAlivePingTimeout = PingPatience;
        kestrel.Limits.MinRequestBodyDataRate = null;
        kestrel.Limits.MinResponseDataRate = null;

        // The certificate is allowed here and judged by the identity interceptor: only so can a node tell a refusal
        // from a cut line, and only so do EnrollNode and RenewCertificate work on the same port.
        Listen(kestrel, config.Register, listen =>
        {
            listen.Protocols = HttpProtocols.Http2;
            listen.UseHttps(new HttpsConnectionAdapterOptions
            {
                ServerCertificate = certificate,
                ClientCertificateMode = ClientCertificateMode.AllowCertificate,
                ClientCertificateValidation = (_, _, _) => true,
            });
        });
    }

    /// <summary>Listens on a configured address: an IP address, this machine's loopback, or for another name every address.</summary>
    public static void Listen(KestrelServerOptions kestrel, Uri address, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(address.Host.Trim('[', ']'), out var ip))
            kestrel.Listen(ip, address.Port, configure);
        else if (address.Host != "localhost")
            kestrel.ListenAnyIP(address.Port, configure);
        else
            kestrel.Listen(IPAddress.Loopback, address.Port, configure);
    }
}
