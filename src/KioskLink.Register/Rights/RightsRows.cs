using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Rights;

/// <summary>A request of a data subject; enum columns hold the numbers of the wire.</summary>
[Table("request_cases")]
internal sealed record SubjectRequestRow
{
    [Key]
    public long CaseId { get; set; }

    public required string Consortium { get; set; }

    /// <summary>Null where the register holds nothing of the person, or no more.</summary>
    public long? PatronId { get; set; }

    /// <summary>A person who answers for patrons and is none (R16); null for a patron.</summary>
    public long? PersonId { get; set; }

    public int Kind { get; set; }

    public string Channel { get; set; } = "";

    public string ReceivedOn { get; set; } = "";

    public string DueOn { get; set; } = "";

    /// <summary>The due date before an extension.</summary>
    public string ExtendedFrom { get; set; } = "";

    public string ExtensionReason { get; set; } = "";

    /// <summary>How the identity was proven; empty until it was.</summary>
    public string IdentityProof { get; set; } = "";

    public long? ProvenAt { get; set; }

    public string ProvenBy { get; set; } = "";

    public int State { get; set; }

    /// <summary>Of a refusal.</summary>
    public string OutcomeReason { get; set; } = "";

    /// <summary>Codes of what forbade it, blanks between.</summary>
    public string Holds { get; set; } = "";

    public long? ErasureId { get; set; }

    public long OpenedAt { get; set; }

    public string OpenedBy { get; set; } = "";

    public long? ClosedAt { get; set; }

    public string ClosedBy { get; set; } = "";
}

/// <summary>A correction: which field, what it was and is, both sealed, and who found the error (R78).</summary>
[Table("rectifications")]
internal sealed record RectificationRow
{
    [Key]
    public long RectificationId { get; set; }

    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public long? CaseId { get; set; }

    public string Field { get; set; } = "";

    public byte[] OldValue { get; set; } = [];

    public byte[] NewValue { get; set; } = [];

    public int Origin { get; set; }

    /// <summary>How the error is known; may be empty.</summary>
    public string Reason { get; set; } = "";

    public long ChangedAt { get; set; }

    public string ChangedBy { get; set; } = "";
}

/// <summary>A matter, such as a pending police case, that forbids an erasure.</summary>
[Table("legal_holds")]
internal sealed record LegalHoldRow
{
    [Key]
    public long HoldId { get; set; }

    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public string Reference { get; set; } = "";

    public long SetAt { get; set; }

    public string SetBy { get; set; } = "";

    public long? ReleasedAt { get; set; }

    public string ReleasedBy { get; set; } = "";
}
