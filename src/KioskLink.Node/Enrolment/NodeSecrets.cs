using KioskLink.Rules.Cards;

namespace KioskLink.Node.Enrolment;

/// <summary>The keys with which numbers become tokens and envelopes; each is null until it is known. Thread-safe.</summary>
internal sealed class NodeSecrets : IDisposable
{
    private volatile NodeKeys? _keys;
    private volatile byte[]? _badgeKey;
    private volatile Envelopes? _envelopes;

    /// <summary>Keys derived from the node key; null before enrolment, and with custody `register` until the register sends it.</summary>
    public NodeKeys? Keys => _keys;

    /// <summary>Key of the badge tokens; null before enrolment.</summary>
    public byte[]? BadgeKey => _badgeKey;

    /// <summary>Seals card numbers for the register; null before enrolment.</summary>
    public Envelopes? Envelopes => _envelopes;

    /// <summary>Takes the node key.</summary>
    public void UseNodeKey(byte[] nodeKey)
    {
        var keys = NodeKeys.Derive(nodeKey);
        (_badgeKey, _keys) = (keys.KBadge, keys);
    }

    /// <summary>Takes the badge key of a node that has lost its node key.</summary>
    public void UseBadgeKey(byte[] badgeKey) => _badgeKey = badgeKey;

    /// <summary>Takes the register's public key.</summary>
    public void UseEnvelopeKey(byte[] envelopeKey) => _envelopes = new Envelopes(envelopeKey);

    /// <summary>Ends what makes envelopes.</summary>
    public void Dispose() => _envelopes?.Dispose();
}
