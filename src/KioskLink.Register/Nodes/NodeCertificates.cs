using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using Microsoft.EntityFrameworkCore;
using NodaTime;

namespace KioskLink.Register.Nodes;

/// <summary>Gives nodes certificates, renews them and revokes them.</summary>
internal sealed class NodeCertificates(RegisterCore core, CertificateAuthority authority, RevokedCertificates revoked, NodeDirectory directory)
{
    /// <summary>Gives an enrolled node a new certificate, from day 30 of the old one on or when that has expired.</summary>
    /// <exception cref="RpcException">FAILED_PRECONDITION when it is too early, INVALID_ARGUMENT for a malformed request.</exception>
    public async Task<RenewCertificateResponse> RenewAsync(RenewCertificateRequest request, CallerIdentity caller)
    {
        var node = directory.Find(caller.Name);
        if (node is null || node.Revoked || node.BranchId != caller.BranchId)
            throw Refused.With(StatusCode.Unauthenticated, Refusal.Revoked.Reason, Refusal.Revoked.Sentence);
        var renewable = node.CertificateEnds - Duration.FromTimeSpan(CertificateAuthority.NodeValidity - CertificateAuthority.NodeRenewalAge);
        if (core.Now() < renewable)
            throw Refused.With(StatusCode.FailedPrecondition, "RENEWAL_TOO_EARLY", "The certificate is younger than 30 days; renew it later.");

        using var certificate = Issue(new NodeName(caller.Consortium, node.BranchId, node.NodeId), request.CertificateRequest);
        var ends = Instant.FromDateTimeUtc(certificate.NotAfter.ToUniversalTime());
        await core.Lane.WriteAsync(scope =>
        {
            Record(scope, node.NodeId, certificate);
            var endsAt = ends.ToUnixTimeMilliseconds();
            scope.Db.Set<NodeRow>().Where(row => row.Consortium == scope.Consortium && row.NodeId == node.NodeId)
                .ExecuteUpdate(set => set.SetProperty(row => row.CertificateEnds, endsAt));
        });
        directory.Put(node with { CertificateEnds = ends });
        return new RenewCertificateResponse { Certificate = ByteString.CopyFrom(certificate.RawData) };
    }

    /// <summary>Certifies a node's key.</summary>
    /// <exception cref="RpcException">INVALID_ARGUMENT for a malformed request.</exception>
    public X509Certificate2 Issue(NodeName node, ByteString certificateRequest)
    {
        try
        {
            return authority.IssueNode(node, certificateRequest.ToByteArray(), core.Time.GetUtcNow());
        }
        catch (CryptographicException)
        {
            throw Refused.With(StatusCode.InvalidArgument, "CERTIFICATE_REQUEST", "certificate_request must be a PKCS#10 request, DER, signed with its own ECDSA P-256 key.");
        }
    }

    /// <summary>Refuses certificates from now on.</summary>
    public void Revoke(IReadOnlyList<string> serials) => revoked.Add(serials);

    /// <summary>Writes a certificate down.</summary>
    public static void Record(WriteScope scope, string nodeId, X509Certificate2 certificate) =>
        scope.Db.Add(new NodeCertificateRow
        {
            Consortium = scope.Consortium,
            Serial = certificate.SerialNumber,
            NodeId = nodeId,
            IssuedAt = scope.NowMs,
            EndsAt = new DateTimeOffset(certificate.NotAfter).ToUnixTimeMilliseconds(),
        });

    /// <summary>Writes down that every certificate of a node is revoked.</summary>
    /// <returns>Their serial numbers.</returns>
    public static IReadOnlyList<string> MarkRevoked(WriteScope scope, string nodeId)
    {
        var live = scope.Db.Set<NodeCertificateRow>().Where(row => row.Consortium == scope.Consortium && row.NodeId == nodeId && row.RevokedAt == null);
        var serials = live.Select(row => row.Serial).ToList();
        live.ExecuteUpdate(set => set.SetProperty(row => row.RevokedAt, scope.NowMs));
        return serials;
    }
}
