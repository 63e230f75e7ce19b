using System.Security.Cryptography.X509Certificates;
using Google.Protobuf;
using Grpc.Core;
using KioskLink.Protos.Register.V1;
using KioskLink.Register.Identity;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;
using NodaTime;

namespace KioskLink.Register.Nodes;

/// <summary>Trades enrolment tokens for certificates.</summary>
internal sealed class Enrollment(
    RegisterCore core, CertificateAuthority authority, EnvelopeKey envelope, NodeDirectory directory, NodeCertificates certificates, NodeSessions sessions)
{
    /// <summary>Enrols a node. A node that was enrolled before under this id is replaced: its certificates end.</summary>
    /// <exception cref="RpcException">PERMISSION_DENIED, FAILED_PRECONDITION or INVALID_ARGUMENT; the token is then still unused.</exception>
    public async Task<EnrollNodeResponse> EnrollAsync(EnrollNodeRequest request)
    {
        CheckForm(request);
        var hash = EnrollmentTokens.Hash(request.Secret);
        var committed = await core.Lane.WriteAsync(scope => Enroll(scope, request, hash));
        var (node, certificate, replaced) = committed.Value;
        using (certificate)
        {
            certificates.Revoke(replaced);
            directory.Put(node);
            sessions.EndAll(node.NodeId, SessionEnd.Revoked);
            return new EnrollNodeResponse
            {
                Certificate = ByteString.CopyFrom(certificate.RawData),
                CaCertificate = ByteString.CopyFrom(authority.Certificate.RawData),
                EnvelopeKey = ByteString.CopyFrom(envelope.PublicKey),
                Consortium = core.Store.Consortium,
                BranchId = node.BranchId,
                NodeId = node.NodeId,
            };
        }
    }

    private (EnrolledNode Node, X509Certificate2 Certificate, IReadOnlyList<string> Replaced) Enroll(WriteScope scope, EnrollNodeRequest request, byte[] hash)
    {
        var enrollment = scope.Db.Set<EnrollmentRow>().SingleOrDefault(row => row.Consortium == scope.Consortium && row.SecretHash == hash);
        if (enrollment is null || enrollment.UsedAt is not null || enrollment.ExpiresAt <= scope.NowMs)
            throw Refused.With(StatusCode.PermissionDenied, "TOKEN_REFUSED", "The enrolment token is unknown, used or expired; make a new one with `kiosklink node enroll`.");
        CheckCustody(request.Custody, enrollment.BranchId);

        var certificate = certificates.Issue(new NodeName(scope.Consortium, enrollment.BranchId, enrollment.NodeId), request.CertificateRequest);
        var replaced = NodeCertificates.MarkRevoked(scope, enrollment.NodeId);
        NodeCertificates.Record(scope, enrollment.NodeId, certificate);
        enrollment.UsedAt = scope.NowMs;
        scope.Db.Update(enrollment);
        var node = Keep(scope, enrollment, request, certificate);
        return (node, certificate, replaced);
    }

    private EnrolledNode Keep(WriteScope scope, EnrollmentRow enrollment, EnrollNodeRequest request, X509Certificate2 certificate)
    {
        var key = request.NodeKey.ToByteArray();
        var ends = Instant.FromDateTimeUtc(certificate.NotAfter.ToUniversalTime());
        var row = new NodeRow
        {
            Consortium = scope.Consortium,
            NodeId = enrollment.NodeId,
            BranchId = enrollment.BranchId,
            Custody = (int)request.Custody,
            SealedKey = core.Store.Vault.Seal(key, NodeDirectory.KeyBinding(enrollment.NodeId)),
            EnrolledAt = scope.NowMs,
            CertificateEnds = ends.ToUnixTimeMilliseconds(),
        };
        if (scope.Db.Set<NodeRow>().Any(known => known.Consortium == row.Consortium && known.NodeId == row.NodeId))
            scope.Db.Update(row);
        else
            scope.Db.Add(row);
        return new EnrolledNode(row.NodeId, row.BranchId, request.Custody, key, NodeKeys.Derive(key), ends, Revoked: false);
    }

    private static void CheckForm(EnrollNodeRequest request)
    {
        if (request.NodeKey.Length != NodeKeys.NodeKeyLength)
            throw Refused.With(StatusCode.InvalidArgument, "NODE_KEY", $"node_key must be {NodeKeys.NodeKeyLength} random bytes.");
        if (request.Custody == KeyCustody.Unspecified || !Enum.IsDefined(request.Custody))
            throw Refused.With(StatusCode.InvalidArgument, "CUSTODY", "custody must say who keeps the node key: tpm, register or disk.");
        var algorithm = PinHashes.Best.Algorithm;
        if (!request.PinAlgorithms.Contains(algorithm))
            throw Refused.With(StatusCode.FailedPrecondition, "PIN_ALGORITHM", $"The node cannot run the register's PIN algorithm {algorithm}; install libsodium on it and enrol again.");
    }

    private void CheckCustody(KeyCustody custody, string branchId)
    {
        if (custody == KeyCustody.Disk && core.Index.Branch(branchId)?.Policy.ReplicaScope == ReplicaScope.Consortium)
            throw Refused.With(StatusCode.FailedPrecondition, "CUSTODY_TOO_WEAK", "A node that holds every card of the consortium must keep its key in a TPM or at the register; change keyCustody or the branch's replica scope.");
    }
}
