using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.StaffSignIn;

/// <summary>What the node keeps of an account that has signed in with the register's word: no name, no password, no second factor. Immutable.</summary>
/// <param name="Token">HMAC of the account's name under a key of this node, 16 bytes.</param>
/// <param name="Ref">The account as journal and register name it.</param>
/// <param name="Roles">Its roles.</param>
/// <param name="Stamp">The register's stamp of it.</param>
/// <param name="Algorithm">The slow hash.</param>
/// <param name="Salt">Its salt.</param>
/// <param name="Proof">HMAC of the hash and of everything here but itself, so that nobody lengthens or raises what the disk holds.</param>
/// <param name="EndsAtMs">When it ends, UTC milliseconds.</param>
internal sealed record KeptAccount(byte[] Token, string Ref, StaffRole[] Roles, byte[] Stamp, string Algorithm, byte[] Salt, byte[] Proof, long EndsAtMs)
{
    /// <summary>Without what must not be printed.</summary>
    public override string ToString() => $"account {Ref}";
}
