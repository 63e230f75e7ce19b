using System.Security.Cryptography.X509Certificates;

namespace KioskLink.Node.Enrolment;

/// <summary>Who the node is to its register: certificate with key, the CA, and the public key of envelopes. Immutable.</summary>
/// <param name="Certificate">The node's certificate with its private key.</param>
/// <param name="Authority">The register's CA.</param>
/// <param name="EnvelopeKey">The register's public key for envelopes, SubjectPublicKeyInfo.</param>
/// <param name="Consortium">The consortium.</param>
/// <param name="BranchId">The branch.</param>
/// <param name="NodeId">The node.</param>
internal sealed record NodeIdentity(
    X509Certificate2 Certificate, X509Certificate2 Authority, byte[] EnvelopeKey, string Consortium, string BranchId, string NodeId);
