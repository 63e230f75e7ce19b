using KioskLink.Node.Deciding;
using KioskLink.Node.Hosting;
using KioskLink.Node.Replica;
using KioskLink.Rules.Access;
using KioskLink.Rules.Branches;
using KioskLink.Rules.Pins;
using KioskLink.Sip2.Circulation;
using NodaTime;

namespace KioskLink.Node.Outage;

/// <summary>Looks cards up in the replica for machines, PINs under the same limit of guesses as the doors. A badge is nobody's library card. Thread-safe.</summary>
internal sealed class CopiedPatrons(NodeParts parts)
{
    private static readonly Duration AgeMax = Duration.FromDays(3650);

    /// <summary>What the copy says of a card.</summary>
    /// <param name="device">The machine.</param>
    /// <param name="number">The number as a machine wrote it.</param>
    /// <param name="claim">What was typed.</param>
    /// <param name="branch">The branch.</param>
    /// <param name="provesUnknown">Whether a PIN for a card that is not in the copy is a wrong guess, as at doors; else nothing is proven by it.</param>
    public async Task<CopiedPatron> LookAsync(string device, string number, PinClaim claim, BranchPolicy branch, bool provesUnknown = true)
    {
        var card = CardIdentity.Of(number, parts.Replica, parts.Secrets);
        var holder = parts.Replica.Find(card.Token);
        var facts = !card.IsReadable ? new UnreadableCard() : holder.Facts is BadgeFacts ? new UnknownCard() : holder.Facts;
        var known = facts as CardFacts;
        var pin = card.IsReadable && (known is not null || provesUnknown) ? await ProveAsync(device, card.Token, known is null ? null : holder, claim, branch) : null;
        return new CopiedPatron(card, known, pin, Judge(facts, branch, pin)) { HasLoanBan = HasBan(known, BanKind.Loan, branch) };
    }

    private async Task<PinResult?> ProveAsync(string device, byte[] token, Holder? holder, PinClaim claim, BranchPolicy branch)
    {
        if (claim.Typed is not { IsEmpty: false } typed)
            return null;
        if (claim.Proven)
            return PinResult.Right;
        var keys = token.Length > 0 ? parts.Secrets.Keys : null;
        var guesses = (holder?.Facts as CardFacts)?.Guesses ?? GuessState.None;
        var digits = typed.Utf8.ToArray();
        try
        {
            var proven = await parts.Pins.RunAsync(device, token, holder?.Pin, digits, keys, guesses, branch.OfflineGuesses);
            if (proven.GuessSpent)
                parts.Pins.Fail(device, token);
            return proven.Result ?? PinResult.Wrong;
        }
        finally
        {
            System.Security.Cryptography.CryptographicOperations.ZeroMemory(digits);
        }
    }

    // Whether the PIN fits is told apart from whether the card is good: a PIN that was not asked for refuses nobody here.
    private List<DecisionCode> Judge(Facts facts, BranchPolicy branch, PinResult? pin)
    {
        var age = Duration.Min(parts.Replica.AgeAt(parts.Clock.Now), AgeMax);
        var counter = new DoorSituation { Branch = branch, DoorId = "", Offline = new OfflineSituation(parts.Clock.Trusted, age) };
        var (rules, _) = AccessRules.Explain(facts, counter, pin ?? PinResult.Right, parts.Clock.Now);
        return [.. rules.Where(rule => !rule.Passed).Select(rule => rule.Code)];
    }

    private bool HasBan(CardFacts? card, BanKind kind, BranchPolicy branch) =>
        card?.Bans.Any(ban => ban.Kind == kind && ban.IsInForce(branch.Id, parts.Clock.Now)) == true;
}
