namespace KioskLink.Register.Profiles;

/// <summary>A register of personal data with purposes of its own.</summary>
internal enum RegisterKind
{
    /// <summary>The customer register.</summary>
    Customer,

    /// <summary>The camera-surveillance register of the self-service libraries.</summary>
    Camera,
}

/// <summary>A version of the privacy notice of one register (R3, R4). Versions are added and never changed: what was told stays told.</summary>
internal sealed record NoticeProfile
{
    /// <summary>The register.</summary>
    public required RegisterKind Register { get; init; }

    /// <summary>The version's date, ISO 8601: in force from this day until a newer one is.</summary>
    public required string Date { get; init; }

    /// <summary>Whether the document carries the date itself.</summary>
    public bool Dated { get; init; } = true;

    /// <summary>The title.</summary>
    public required LocalText Title { get; init; }

    /// <summary>The data controllers as the notice names them, one or more (R2).</summary>
    public required IReadOnlyList<LocalText> Controllers { get; init; }

    /// <summary>What the data are kept for.</summary>
    public required IReadOnlyList<NoticePurposeProfile> Purposes { get; init; }

    /// <summary>The data.</summary>
    public required IReadOnlyList<LocalText> Data { get; init; }

    /// <summary>Where the data come from.</summary>
    public required IReadOnlyList<LocalText> Sources { get; init; }

    /// <summary>To whom data are disclosed.</summary>
    public required IReadOnlyList<LocalText> Recipients { get; init; }

    /// <summary>Transfers outside the EU and EEA.</summary>
    public required LocalText Transfers { get; init; }

    /// <summary>How long data are kept.</summary>
    public required IReadOnlyList<RetentionRowProfile> Retention { get; init; }

    /// <summary>The rights of the data subject.</summary>
    public required IReadOnlyList<LocalText> Rights { get; init; }

    /// <summary>Where to complain.</summary>
    public required LocalText SupervisoryAuthority { get; init; }

    /// <summary>What else a reader of this version must know.</summary>
    public IReadOnlyList<LocalText> Remarks { get; init; } = [];
}

/// <summary>A purpose in a notice.</summary>
internal sealed record NoticePurposeProfile
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>The purpose.</summary>
    public required LocalText Text { get; init; }

    /// <summary>Codes of the legal bases that the document gives, repealed ones as it quotes them (R7).</summary>
    public required IReadOnlyList<string> LegalBases { get; init; }
}

/// <summary>A row of a notice's retention table.</summary>
internal sealed record RetentionRowProfile
{
    /// <summary>What.</summary>
    public required LocalText What { get; init; }

    /// <summary>How long.</summary>
    public required LocalText Period { get; init; }
}

/// <summary>Somebody who answers: a contact person or a data-protection officer, for a span of days and one register or all.</summary>
internal sealed record ContactProfile
{
    /// <summary>The registers; none means all.</summary>
    public IReadOnlyList<RegisterKind> Registers { get; init; } = [];

    /// <summary>First day, ISO 8601; empty means always.</summary>
    public string From { get; init; } = "";

    /// <summary>First day on which it is somebody else, ISO 8601; empty means until told otherwise.</summary>
    public string Until { get; init; } = "";

    /// <summary>The person; empty where an office answers.</summary>
    public string Person { get; init; } = "";

    /// <summary>The office.</summary>
    public required LocalText Office { get; init; }

    /// <summary>Where letters go.</summary>
    public string Address { get; init; } = "";

    /// <summary>The phone.</summary>
    public string Phone { get; init; } = "";

    /// <summary>The e-mail address.</summary>
    public string Email { get; init; } = "";

    /// <summary>Whether it answers for a register on a day.</summary>
    /// <param name="register">The register.</param>
    /// <param name="day">The day, ISO 8601.</param>
    public bool Answers(RegisterKind register, string day) =>
        (Registers.Count == 0 || Registers.Contains(register))
        && string.CompareOrdinal(From, day) <= 0
        && (Until.Length == 0 || string.CompareOrdinal(day, Until) < 0);
}

/// <summary>A legal basis (R7): what it is, and for which purposes the controller relies on it.</summary>
internal sealed record LegalBasisProfile
{
    /// <summary>Its code.</summary>
    public required string Code { get; init; }

    /// <summary>The register.</summary>
    public required RegisterKind Register { get; init; }

    /// <summary>The basis.</summary>
    public required LocalText Text { get; init; }

    /// <summary>The acts, as quoted.</summary>
    public IReadOnlyList<string> Laws { get; init; } = [];

    /// <summary>The article of the GDPR; empty where the document names none.</summary>
    public string Article { get; init; } = "";

    /// <summary>Codes of the purposes for which it is relied on; none for a basis that a historic notice quotes.</summary>
    public IReadOnlyList<string> Purposes { get; init; } = [];

    /// <summary>Whether the controller relies on it first.</summary>
    public bool Preferred { get; init; }

    /// <summary>Code of the basis that took its place; empty while it is in force.</summary>
    public string ReplacedBy { get; init; } = "";

    /// <summary>Whether it is in force.</summary>
    public bool IsInForce() => ReplacedBy.Length == 0;
}
