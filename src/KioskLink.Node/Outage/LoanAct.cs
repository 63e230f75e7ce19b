using KioskLink.Protos.Register.V1;
using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Node.Outage;

/// <summary>
/// Something that was lent, taken back, renewed or put on hold at this branch while the register could not be asked, or that was asked in vain and is withdrawn;
/// and what became of it.
/// Immutable. Whose it is stands in it only until the register has taken it: as a token, and as an envelope that this node cannot open.
/// </summary>
internal sealed record LoanAct
{
    /// <summary>Its place in the order in which acts were kept; 0 until it is kept.</summary>
    public long Sequence { get; init; }

    /// <summary>A random id: the register does the same id once.</summary>
    public required string Id { get; init; }

    /// <summary>What was done.</summary>
    public required ActKind Kind { get; init; }

    /// <summary>The item's barcode; empty for a hold on a title.</summary>
    public string Item { get; init; } = "";

    /// <summary>The title's id; empty where an item is named.</summary>
    public string Title { get; init; } = "";

    /// <summary>The card's token; empty for a return, and once the register has taken the act.</summary>
    public byte[] Token { get; init; } = [];

    /// <summary>The card's number, sealed for the register; empty when the token is.</summary>
    public byte[] Envelope { get; init; } = [];

    /// <summary>The last digits of the card that staff noted, so that a note can be told from another; empty when the token is, and for machines.</summary>
    public string CardEnd { get; init; } = "";

    /// <summary>The machine.</summary>
    public string Device { get; init; } = "";

    /// <summary>When it happened.</summary>
    public required ActTime Time { get; init; }

    /// <summary>The due date that was promised.</summary>
    public LocalDate? DueOn { get; init; }

    /// <summary>How the PIN went; null where none was looked at.</summary>
    public PinResult? Pin { get; init; }

    /// <summary>The account of staff who noted it by hand; empty for machines.</summary>
    public string NotedBy { get; init; } = "";

    /// <summary>Whether a loan of the same patron may be renewed by it.</summary>
    public bool MayRenew { get; init; }

    /// <summary>Whether it undoes the opposite, which a machine could not finish.</summary>
    public bool Cancels { get; init; }

    /// <summary>Where a hold is picked up; empty means this branch.</summary>
    public string PickUpBranch { get; init; } = "";

    /// <summary>The id of the act that it withdraws; empty where it withdraws none.</summary>
    public string Withdraws { get; init; } = "";

    /// <summary>How it stands.</summary>
    public ActState State { get; init; }

    /// <summary>The register's answer; unspecified until there is one.</summary>
    public LoanReason Reason { get; init; }

    /// <summary>When the answer came.</summary>
    public Instant? SettledAt { get; init; }

    /// <summary>Whether staff noted it by hand.</summary>
    public bool IsByHand => NotedBy.Length > 0;

    /// <summary>Whether the register has still to take it.</summary>
    public bool IsOpen => State is ActState.Waiting or ActState.Sent;

    /// <summary>What it is about: acts about the same thing reach the register in their order.</summary>
    public string Subject => Named.Length == 0 && Withdraws.Length > 0 ? $"act {Withdraws}" : SubjectOf(Item, Title);

    /// <summary>What it names: the item, or the title in its place.</summary>
    public string Named => Item.Length > 0 ? Item : Title;

    /// <summary>What an act on an item or title is about.</summary>
    public static string SubjectOf(string item, string title) => item.Length > 0 ? $"item {item}" : $"title {title}";

    /// <summary>Whether another act tells of the same deed, as far as what is kept of the two can say.</summary>
    public bool IsSameDeed(LoanAct other) =>
        (Kind, Item, Title) == (other.Kind, other.Item, other.Title) && (Token.Length == 0 || other.Token.Length == 0 || Token.AsSpan().SequenceEqual(other.Token));

    /// <summary>Its id and kind, and nothing of whose it is.</summary>
    public override string ToString() => $"{Kind} {Id}";
}

/// <summary>What was done; the numbers are those of the file and the wire.</summary>
internal enum ActKind
{
    /// <summary>An item was lent.</summary>
    CheckOut = 1,

    /// <summary>An item came back.</summary>
    CheckIn = 2,

    /// <summary>A loan was renewed.</summary>
    Renew = 3,

    /// <summary>A hold was placed.</summary>
    Hold = 4,

    /// <summary>An act is withdrawn: the register was asked for it, and the machine was told no before the answer came.</summary>
    Withdraw = 5,
}

/// <summary>How an act stands; the numbers are those of the file and the wire.</summary>
internal enum ActState
{
    /// <summary>The register has not been told.</summary>
    Waiting = 1,

    /// <summary>The register was told, and its answer has not come.</summary>
    Sent = 2,

    /// <summary>The register has it.</summary>
    Taken = 3,

    /// <summary>The register has it, and staff there has to look at it.</summary>
    Conflict = 4,

    /// <summary>The register did not take it: staff here has to look at it.</summary>
    Refused = 5,
}
