using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Cards;
using NodaTime;

namespace KioskLink.Register.Nodes;

/// <summary>An enrolled node in memory. Immutable: a change makes a new one.</summary>
/// <param name="NodeId">The node.</param>
/// <param name="BranchId">Its branch.</param>
/// <param name="Custody">Who keeps its key.</param>
/// <param name="NodeKey">The key from which its tokens and proofs derive, 32 bytes.</param>
/// <param name="Keys">What is derived from it.</param>
/// <param name="CertificateEnds">End of its newest certificate.</param>
/// <param name="Revoked">Whether it is revoked.</param>
internal sealed record EnrolledNode(
    string NodeId, string BranchId, KeyCustody Custody, byte[] NodeKey, NodeKeys Keys, Instant CertificateEnds, bool Revoked)
{
    /// <summary>Whether its key is kept where a stolen disk does not give it up.</summary>
    public bool IsKeySafe => Custody is KeyCustody.Tpm or KeyCustody.Register;
}
