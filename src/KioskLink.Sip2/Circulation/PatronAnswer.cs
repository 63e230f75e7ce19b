namespace KioskLink.Sip2.Circulation;

/// <summary>What is known of a patron. What is not known stays unset: nothing is invented.</summary>
public sealed record PatronAnswer : Answer
{
    /// <summary>Whether the card is anybody's, and good.</summary>
    public PatronStanding Standing { get; init; }

    /// <summary>What is in the patron's way.</summary>
    public PatronFlags Flags { get; init; }

    /// <summary>What the PIN proved.</summary>
    public PinVerdict Pin { get; init; }

    /// <summary>The patron's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Holds that wait to be picked up.</summary>
    public int? AvailableHolds { get; init; }

    /// <summary>Holds that are not there yet.</summary>
    public int? UnavailableHolds { get; init; }

    /// <summary>Overdue items.</summary>
    public int? Overdue { get; init; }

    /// <summary>Items on loan.</summary>
    public int? Charged { get; init; }

    /// <summary>Items with fines.</summary>
    public int? Fines { get; init; }

    /// <summary>Recalled items; 0 from KioskLink's own register, which calls no loan back.</summary>
    public int? Recalls { get; init; }

    /// <summary>How many holds are allowed.</summary>
    public int? HoldLimit { get; init; }

    /// <summary>How many overdue items are allowed.</summary>
    public int? OverdueLimit { get; init; }

    /// <summary>How many loans are allowed.</summary>
    public int? ChargedLimit { get; init; }

    /// <summary>What is owed.</summary>
    public decimal? FeeAmount { get; init; }

    /// <summary>How much may be owed.</summary>
    public decimal? FeeLimit { get; init; }

    /// <summary>Of both (ISO 4217).</summary>
    public string? Currency { get; init; }

    /// <summary>The list that was asked for, from its first to its last item.</summary>
    public IReadOnlyList<string> List { get; init; } = [];

    /// <summary>The home address.</summary>
    public string? Address { get; init; }

    /// <summary>The e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>The telephone number.</summary>
    public string? Phone { get; init; }

    /// <summary>What a profile may send in fields of vendors, written as its machines read it.</summary>
    public IReadOnlyDictionary<PatronAttribute, string> Attributes { get; init; } = System.Collections.Immutable.ImmutableDictionary<PatronAttribute, string>.Empty;

    /// <summary>Nobody knows this card, or it cannot be said now; and why.</summary>
    public static PatronAnswer Refused(string text) => new() { Flags = PatronFlags.AllDenied, ScreenMessages = [text] };
}
