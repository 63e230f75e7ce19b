using System.Security.Cryptography;
using Google.Protobuf;
using KioskLink.Register.Cards;
using KioskLink.Register.Store;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;
using KioskLink.Rules.Pins;
using NodaTime;
using Wire = KioskLink.Protos.Types.V1;

namespace KioskLink.Register.Facts;

/// <summary>
/// Makes what a node gets of an entity: tokens and PIN proofs under the node's own keys, derived when sent and never stored
/// (DESIGN 6). Thread-safe.
/// </summary>
internal sealed class NodeEntitlements(Vault vault, string consortium, int offlineHolders)
{
    /// <summary>The token of a card under a node's keys.</summary>
    public byte[] Token(CardEntry card, NodeKeys keys) => CardToken.Of(keys.KCard, consortium, vault.OpenCardNumber(card.SealedNumber));

    /// <summary>The token of a badge under a node's keys.</summary>
    public byte[] Token(BadgeEntry badge, NodeKeys keys) => CardToken.Of(keys.KBadge, consortium, vault.OpenCardNumber(badge.SealedNumber));

    /// <summary>A card as a node of the branch holds it.</summary>
    public Wire.Entitlement Card(CardEntry card, BranchPolicy branch, NodeKeys keys, Instant now)
    {
        var token = Token(card, keys);
        var entitlement = card.FactsAt(branch, OpeningCalendar.DateAt(now)).ToProto();
        entitlement.Token = ByteString.CopyFrom(token);
        if (card.Pin is { } pin && ReplicaScopes.HoldsVerifier(branch, card, offlineHolders))
        {
            entitlement.Pin = Proof(card, pin, token, keys);
        }

        return entitlement;
    }

    /// <summary>A badge as a node holds it.</summary>
    public Wire.Badge Badge(BadgeEntry badge, NodeKeys keys)
    {
        var wire = badge.Badge.Clone();
        wire.Token = ByteString.CopyFrom(Token(badge, keys));
        return wire;
    }

    private Wire.PinProof Proof(CardEntry card, PinVerifier pin, byte[] token, NodeKeys keys)
    {
        var verifier = vault.OpenVerifier(pin, card.PatronId);
        var proof = PinProofs.Of(keys.KPin, token, pin.Salt, verifier);
        CryptographicOperations.ZeroMemory(verifier);
        return new Wire.PinProof
        {
            Algorithm = pin.Algorithm,
            Salt = ByteString.CopyFrom(pin.Salt),
            Proof = ByteString.CopyFrom(proof),
        };
    }
}
