using KioskLink.Sip2.Wire;

namespace KioskLink.Sip2;

/// <summary>64: a patron's status, counts and one list.</summary>
public sealed record PatronInformationResponse : SpokenResponse
{
    /// <inheritdoc/>
    public override MessageCode Code => MessageCode.PatronInformationResponse;

    /// <summary>What is in the patron's way.</summary>
    public PatronFlags Status { get; init; }

    /// <summary>The language it speaks.</summary>
    public Language Language { get; init; }

    /// <summary>When it is answered.</summary>
    public WireTime At { get; init; }

    /// <summary>Holds; null where it is not told.</summary>
    public int? HoldCount { get; init; }

    /// <summary>Overdue items.</summary>
    public int? OverdueCount { get; init; }

    /// <summary>Items on loan.</summary>
    public int? ChargedCount { get; init; }

    /// <summary>Items with fines.</summary>
    public int? FineCount { get; init; }

    /// <summary>Recalled items.</summary>
    public int? RecallCount { get; init; }

    /// <summary>Holds that are not there yet.</summary>
    public int? UnavailableHoldCount { get; init; }

    /// <summary>AO: the branch or library.</summary>
    public string Institution { get; init; } = "";

    /// <summary>AA: the number of the patron's card.</summary>
    public string Patron { get; init; } = "";

    /// <summary>AE: the patron's name; empty where the patron is unknown or the machine may not see it.</summary>
    public string Name { get; init; } = "";

    /// <summary>BZ: how many holds are allowed.</summary>
    public int? HoldLimit { get; init; }

    /// <summary>CA: how many overdue items are allowed.</summary>
    public int? OverdueLimit { get; init; }

    /// <summary>CB: how many loans are allowed.</summary>
    public int? ChargedLimit { get; init; }

    /// <summary>BL: the card is somebody's and good; null where it is not said.</summary>
    public bool? ValidPatron { get; init; }

    /// <summary>CQ: the PIN is right; null where it is not said, which never means yes.</summary>
    public bool? ValidPin { get; init; }

    /// <summary>BH: the currency (ISO 4217).</summary>
    public string? Currency { get; init; }

    /// <summary>BV: what is to be paid; absent means 0.</summary>
    public decimal? FeeAmount { get; init; }

    /// <summary>CC: how much may be owed.</summary>
    public decimal? FeeLimit { get; init; }

    /// <summary>AS: the list of holds.</summary>
    public IReadOnlyList<string> Holds { get; init; } = [];

    /// <summary>AT: the list of overdue items.</summary>
    public IReadOnlyList<string> Overdue { get; init; } = [];

    /// <summary>AU: the list of items on loan.</summary>
    public IReadOnlyList<string> Charged { get; init; } = [];

    /// <summary>AV: the list of fines.</summary>
    public IReadOnlyList<string> Fines { get; init; } = [];

    /// <summary>BU: the list of recalled items.</summary>
    public IReadOnlyList<string> Recalls { get; init; } = [];

    /// <summary>CD: the list of holds that are not there yet.</summary>
    public IReadOnlyList<string> UnavailableHolds { get; init; } = [];

    /// <summary>BD: the home address.</summary>
    public string? Address { get; init; }

    /// <summary>BE: the e-mail address.</summary>
    public string? Email { get; init; }

    /// <summary>BF: the telephone number.</summary>
    public string? Phone { get; init; }

    internal static PatronInformationResponse Read(ref MessageReader from) => new()
    {
        Status = from.Flags(),
        Language = from.Language(),
        At = from.Time(),
        HoldCount = from.Number(4),
        OverdueCount = from.Number(4),
        ChargedCount = from.Number(4),
        FineCount = from.Number(4),
        RecallCount = from.Number(4),
        UnavailableHoldCount = from.Number(4),
        Institution = from.Text("AO"u8) ?? "",
        Patron = from.Text("AA"u8) ?? "",
        Name = from.Text("AE"u8) ?? "",
        HoldLimit = from.Integer("BZ"u8),
        OverdueLimit = from.Integer("CA"u8),
        ChargedLimit = from.Integer("CB"u8),
        ValidPatron = from.Flag("BL"u8),
        ValidPin = from.Flag("CQ"u8),
        Currency = from.Text("BH"u8),
        FeeAmount = from.Amount("BV"u8),
        FeeLimit = from.Amount("CC"u8),
        Holds = from.Texts("AS"u8),
        Overdue = from.Texts("AT"u8),
        Charged = from.Texts("AU"u8),
        Fines = from.Texts("AV"u8),
        Recalls = from.Texts("BU"u8),
        UnavailableHolds = from.Texts("CD"u8),
        Address = from.Text("BD"u8),
        Email = from.Text("BE"u8),
        Phone = from.Text("BF"u8),
        ScreenMessages = from.Texts("AF"u8),
        PrintLines = from.Texts("AG"u8),
        Extra = from.Others(),
    };

    internal override void WriteBody(MessageWriter to) => to.Flags(Status).Number((int)Language, 3).Time(At)
        .Number(HoldCount, 4).Number(OverdueCount, 4).Number(ChargedCount, 4).Number(FineCount, 4).Number(RecallCount, 4)
        .Number(UnavailableHoldCount, 4).Text("AO"u8, Institution).Text("AA"u8, Patron).Text("AE"u8, Name)
        .Integer("BZ"u8, HoldLimit, 4).Integer("CA"u8, OverdueLimit, 4).Integer("CB"u8, ChargedLimit, 4).Flag("BL"u8, ValidPatron)
        .Flag("CQ"u8, ValidPin).Text("BH"u8, Currency).Amount("BV"u8, FeeAmount).Amount("CC"u8, FeeLimit).Items("AS"u8, Holds)
        .Items("AT"u8, Overdue).Items("AU"u8, Charged).Items("AV"u8, Fines).Items("BU"u8, Recalls).Items("CD"u8, UnavailableHolds)
        .Text("BD"u8, Address).Text("BE"u8, Email).Text("BF"u8, Phone).Others(Extra).Texts("AF"u8, ScreenMessages)
        .Texts("AG"u8, PrintLines);
}
