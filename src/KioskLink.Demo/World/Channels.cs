using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using Grpc.Net.Client;

namespace KioskLink.Demo.World;

/// <summary>Opens gRPC channels to the register, as its administrator, and to the node's Unix socket, as a technician.</summary>
internal static class Channels
{
    /// <summary>To the register; <paramref name="identity"/> is the folder that its first start wrote.</summary>
    public static GrpcChannel ToRegister(Uri address, string identity)
    {
        var authority = X509Certificate2.CreateFromPem(File.ReadAllText(Path.Combine(identity, "ca.pem")));
        var administrator = X509Certificate2.CreateFromPemFile(Path.Combine(identity, "admin.pem"), Path.Combine(identity, "admin.key"));
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions
            {
                ClientCertificateContext = SslStreamCertificateContext.Create(administrator, additionalCertificates: null, offline: true),
                RemoteCertificateValidationCallback = (_, certificate, _, errors) => IsFrom(authority, certificate, errors),
            },
        };
        return GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = handler });
    }

    /// <summary>To the node's diagnostics.</summary>
    public static GrpcChannel ToNode(string socketPath)
    {
        var handler = new SocketsHttpHandler
        {
            ConnectCallback = async (_, cancellation) =>
            {
                var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                try
                {
                    await socket.ConnectAsync(new UnixDomainSocketEndPoint(socketPath), cancellation);
                    return new NetworkStream(socket, ownsSocket: true);
                }
                catch
                {
                    socket.Dispose();
                    throw;
                }
            },
        };
        return GrpcChannel.ForAddress("http://node", new GrpcChannelOptions { HttpHandler = handler });
    }

    private static bool IsFrom(X509Certificate2 authority, X509Certificate? certificate, SslPolicyErrors errors)
    {
        if (certificate is not X509Certificate2 server || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return false;
        }
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.Add(authority);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        return chain.Build(server);
    }
}
