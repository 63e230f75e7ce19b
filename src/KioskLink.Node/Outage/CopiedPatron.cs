using KioskLink.Node.Deciding;
using KioskLink.Rules.Access;
using static KioskLink.Rules.Access.DecisionCode;

namespace KioskLink.Node.Outage;

/// <summary>What the node's copy says of a card at a machine: by the rules of doors, those that are about the person.</summary>
/// <param name="Card">The card; nothing of its number.</param>
/// <param name="Facts">Its facts; null where the copy has none.</param>
/// <param name="Pin">How the PIN went; null where none was looked at.</param>
/// <param name="Failing">The rules that fail.</param>
internal sealed record CopiedPatron(CardIdentity Card, CardFacts? Facts, PinResult? Pin, IReadOnlyList<DecisionCode> Failing)
{
    private static readonly DecisionCode[] Unsaid = [OfflineRefused, ClockUntrusted, CardUnreadable, OfflineNotCached, OfflineTooOld];

    private static readonly DecisionCode[] AtEveryMachine = [CardLost, CardExpired, PatronRestricted, UseBan];

    private static readonly DecisionCode[] AtDoors =
        [Maintenance, BranchSuspended, SelfServiceBan, LoanBan, GroupNotAllowed, Underage, TermsNotAccepted, NotRegistered, FeesOverLimit, Closed];

    /// <summary>Why the copy cannot say anything of the card; null when it can.</summary>
    public DecisionCode? Unknown => First(Unsaid);

    /// <summary>Why the library refuses the card at every machine; null when it does not.</summary>
    public DecisionCode? Refusal => First(AtEveryMachine);

    /// <summary>Why the card may not come in by itself; null when it may.</summary>
    public DecisionCode? DoorRefusal => Refusal ?? First(AtDoors);

    /// <summary>Whether nothing may be lent to the card.</summary>
    public bool HasLoanBan { get; init; }

    /// <summary>Whether a PIN was typed and not proven.</summary>
    public bool IsPinRefused => Pin is PinResult.Wrong or PinResult.Locked;

    private DecisionCode? First(DecisionCode[] codes)
    {
        var first = Failing.FirstOrDefault(codes.Contains);
        return first == None ? null : first;
    }
}
