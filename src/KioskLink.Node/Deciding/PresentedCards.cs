using System.Diagnostics.CodeAnalysis;
using KioskLink.Node.Enrolment;
using KioskLink.Node.Replica;
using KioskLink.Rules.Access;
using KioskLink.Rules.Cards;

namespace KioskLink.Node.Deciding;

/// <summary>What may be asked of a card before its PIN: whether it is one at all, whether it is a badge, which is nobody's library card, and whether it is the one that came in. Thread-safe.</summary>
internal sealed class PresentedCards(NodeReplica replica, NodeSecrets secrets)
{
    /// <summary>Whether what was read is a card number of this consortium.</summary>
    public bool IsCard(string? raw) => TryRead(raw, out _);

    /// <summary>The role of a badge; null for every other card, known or not.</summary>
    public BadgeRole? BadgeOf(string? raw) =>
        TryRead(raw, out var number) && replica.Branch is { } branch
        && CardIdentity.BadgeToken(number, branch, replica, secrets) is { } token && replica.Find(token).Facts is BadgeFacts badge
            ? badge.Role
            : null;

    /// <summary>What a card is called among those who are inside: its token in hexadecimal; empty while no key is known, null for what is no card.</summary>
    public string? NameOf(string? raw) =>
        TryRead(raw, out var number) && replica.Branch is { } branch ? Convert.ToHexString(CardIdentity.TokenOf(number, branch, replica, secrets)) : null;

    private bool TryRead(string? raw, [NotNullWhen(true)] out string? number)
    {
        number = null;
        return raw is not null && replica.Branch is { } branch && CardNumber.TryRead(raw, branch.CardFormats, out number);
    }
}
