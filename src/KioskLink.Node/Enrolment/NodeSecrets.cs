using KioskLink.Rules.Cards;

namespace KioskLink.Node.Enrolment;

/// <summary>The keys with which cards become tokens and envelopes; each is null until it is known. Thread-safe.</summary>
internal sealed class NodeSecrets
{
    private volatile NodeKeys? _keys;
    private volatile Envelopes? _envelopes;

    /// <summary>Keys derived from the node key; null before enrolment, and with custody `register` until the register sends it.</summary>
    public NodeKeys? Keys => _keys;

    /// <summary>Seals card numbers for the register; null before enrolment.</summary>
    public Envelopes? Envelopes => _envelopes;

    /// <summary>Takes the node key.</summary>
    public void UseNodeKey(byte[] nodeKey) => _keys = NodeKeys.Derive(nodeKey);

    /// <summary>Takes the register's public key.</summary>
    public void UseEnvelopeKey(byte[] envelopeKey) => _envelopes = new Envelopes(envelopeKey);
}
