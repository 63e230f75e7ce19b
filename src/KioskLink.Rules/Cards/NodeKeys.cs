using System.Security.Cryptography;

namespace KioskLink.Rules.Cards;

/// <summary>
/// What is derived from a node's key by HKDF-SHA256, each with its own info string; a new node key is a new set and a new snapshot.
/// </summary>
/// <param name="KCard">Key of the card tokens, 32 bytes.</param>
/// <param name="KPin">Key of the PIN proofs, 32 bytes.</param>
/// <param name="KBadge">Key of the badge tokens, 32 bytes; whoever has it alone learns neither the node key nor the others.</param>
/// <param name="KeyId">Public name of the set, 8 bytes; it tells nothing about the keys.</param>
public sealed record NodeKeys(byte[] KCard, byte[] KPin, byte[] KBadge, byte[] KeyId)
{
    /// <summary>Length of a node key in bytes.</summary>
    public const int NodeKeyLength = 32;

    private const int KeyIdLength = 8;

    /// <summary>Derives the set.</summary>
    /// <exception cref="ArgumentException">The node key has not <see cref="NodeKeyLength"/> bytes.</exception>
    public static NodeKeys Derive(byte[] nodeKey)
    {
        ArgumentNullException.ThrowIfNull(nodeKey);
        if (nodeKey.Length != NodeKeyLength)
        {
            throw new ArgumentException($"A node key has {NodeKeyLength} bytes, not {nodeKey.Length}.", nameof(nodeKey));
        }

        return new NodeKeys(
            HKDF.DeriveKey(HashAlgorithmName.SHA256, nodeKey, 32, info: "kiosklink k_card 1"u8.ToArray()),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, nodeKey, 32, info: "kiosklink k_pin 1"u8.ToArray()),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, nodeKey, 32, info: "kiosklink k_badge 1"u8.ToArray()),
            HKDF.DeriveKey(HashAlgorithmName.SHA256, nodeKey, KeyIdLength, info: "kiosklink key id 1"u8.ToArray()));
    }
}
