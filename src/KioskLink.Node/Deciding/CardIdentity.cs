using Google.Protobuf;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Replica;
using KioskLink.Protos.Types.V1;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Cards;

namespace KioskLink.Node.Deciding;

/// <summary>What a presented card is here: a token for the replica, an envelope for the register's eyes. The number itself goes no further.</summary>
/// <param name="IsReadable">Whether it is a card number of this consortium.</param>
/// <param name="Token">The token; empty when it is unreadable, or no badge and the node key is not known.</param>
/// <param name="Envelope">The sealed number; empty when it is unreadable or the register's key is not known.</param>
internal sealed record CardIdentity(bool IsReadable, byte[] Token, byte[] Envelope)
{
    private static readonly CardIdentity Unreadable = new(false, [], []);

    /// <summary>The personal part of the decision's record; null when there is nothing personal.</summary>
    public RecordPersonal? ToPersonal() => IsReadable
        ? new RecordPersonal { Token = UnsafeByteOperations.UnsafeWrap(Token), Envelope = UnsafeByteOperations.UnsafeWrap(Envelope) }
        : null;

    /// <summary>Identifies a card by the branch's formats; while no branch is known nothing is readable.</summary>
    public static CardIdentity Of(string? raw, NodeReplica replica, NodeSecrets secrets)
    {
        if (raw is null || replica.Branch is not { } branch || !CardNumber.TryRead(raw, branch.CardFormats, out var number))
            return Unreadable;
        var envelope = secrets.Envelopes?.Seal(number) ?? [];
        return new CardIdentity(true, TokenOf(number, branch, replica, secrets), envelope);
    }

    /// <summary>The token of a number; empty when it is no badge and the node key is not known.</summary>
    public static byte[] TokenOf(string number, BranchPolicy branch, NodeReplica replica, NodeSecrets secrets) =>
        BadgeToken(number, branch, replica, secrets) ?? (secrets.Keys is { } keys ? CardToken.Of(keys.KCard, branch.Consortium, number) : []);

    /// <summary>The token of a badge; null for every other number. Under the badge key nothing of a card is ever kept.</summary>
    public static byte[]? BadgeToken(string number, BranchPolicy branch, NodeReplica replica, NodeSecrets secrets)
    {
        var token = secrets.BadgeKey is { } key ? CardToken.Of(key, branch.Consortium, number) : [];
        return replica.Find(token).Facts is BadgeFacts ? token : null;
    }
}
