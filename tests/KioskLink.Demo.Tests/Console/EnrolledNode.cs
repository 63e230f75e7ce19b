using System.Buffers.Text;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Net.Client;
using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Pins;

namespace KioskLink.Demo.Tests.Console;

/// <summary>A node beside the demo's own, enrolled as nodes are and never connected: one that may be revoked.</summary>
internal static class EnrolledNode
{
    /// <summary>Enrols it.</summary>
    /// <param name="register">The register, as its operator.</param>
    /// <param name="node">Its name.</param>
    public static async Task EnrolAsync(ChannelBase register, string node)
    {
        var made = await new NodeService.NodeServiceClient(register).CreateEnrollmentAsync(new CreateEnrollmentRequest { BranchId = Pages.Branch, NodeId = node });
        var token = EnrollmentToken.Parser.ParseFrom(Base64Url.DecodeFromChars(made.Token));
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var channel = Nobody(token);
        await new NodeService.NodeServiceClient(channel).EnrollNodeAsync(new EnrollNodeRequest
        {
            Secret = token.Secret,
            CertificateRequest = ByteString.CopyFrom(new CertificateRequest($"CN={node}", key, HashAlgorithmName.SHA256).CreateSigningRequest()),
            NodeKey = ByteString.CopyFrom(RandomNumberGenerator.GetBytes(32)),
            PinAlgorithms = { PinHashes.Best.Algorithm },
            Custody = KeyCustody.Disk,
        });
    }

    // Whoever enrols has no certificate yet, and knows the register by the authority in the token.
    private static GrpcChannel Nobody(EnrollmentToken token)
    {
        var authority = X509CertificateLoader.LoadCertificate(token.CaCertificate.Span);
        var handler = new SocketsHttpHandler
        {
            SslOptions = new SslClientAuthenticationOptions { RemoteCertificateValidationCallback = (_, certificate, _, _) => certificate!.Issuer == authority.Subject },
        };
        return GrpcChannel.ForAddress(new Uri(token.Register), new GrpcChannelOptions { HttpHandler = handler });
    }
}
