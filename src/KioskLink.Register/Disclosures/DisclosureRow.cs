using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Disclosures;

/// <summary>A disclosure as recorded (R55).</summary>
[Table("disclosures")]
internal sealed record DisclosureRow
{
    /// <summary>Order of time, for pages.</summary>
    [Key]
    public long DisclosureNumber { get; set; }

    public required string Consortium { get; set; }

    public required string DisclosureId { get; set; }

    /// <summary>The number of a <see cref="Protos.Register.V1.DisclosureKind"/>.</summary>
    public int Kind { get; set; }

    public string Recipient { get; set; } = "";

    public string Municipality { get; set; } = "";

    public string Basis { get; set; } = "";

    /// <summary>Names of the fields, separated by blanks.</summary>
    public string Fields { get; set; } = "";

    public int RecordCount { get; set; }

    public int SubjectCount { get; set; }

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    /// <summary>ISO week or date.</summary>
    public string Period { get; set; } = "";

    public string FileName { get; set; } = "";

    /// <summary>SHA-256 of the file as it stands, erased lines emptied.</summary>
    public byte[] FileHash { get; set; } = [];

    /// <summary>When the file was to go; null while it may be there.</summary>
    public long? RemovedAt { get; set; }
}

/// <summary>Whose a line of a disclosed file is, so that an erasure reaches it (R75).</summary>
[Table("disclosure_lines")]
internal sealed record DisclosureLineRow
{
    [Key]
    public long LineId { get; set; }

    public required string Consortium { get; set; }

    public long DisclosureNumber { get; set; }

    /// <summary>The record of the file, from 1; 0 is the file as a whole.</summary>
    public int Line { get; set; }

    /// <summary>Null once the person is erased and the line must still go.</summary>
    public long? PatronId { get; set; }
}

/// <summary>A patron whom a disclosure is about.</summary>
[Table("disclosure_subjects")]
[PrimaryKey(nameof(PatronId), nameof(DisclosureNumber))]
internal sealed record DisclosureSubjectRow
{
    public long PatronId { get; set; }

    public long DisclosureNumber { get; set; }

    public required string Consortium { get; set; }
}

/// <summary>A run that happens once a period.</summary>
[Table("disclosure_runs")]
[PrimaryKey(nameof(Consortium), nameof(Kind), nameof(Period))]
internal sealed record DisclosureRunRow
{
    public required string Consortium { get; set; }

    public int Kind { get; set; }

    public string Period { get; set; } = "";

    public long RunAt { get; set; }

    public string RunBy { get; set; } = "";

    /// <summary>Persons whose claims the run held back, since their processing is restricted (R76).</summary>
    public int Held { get; set; }
}

/// <summary>A loan or invoice that has gone to a recipient; it goes once.</summary>
[Table("disclosed_items")]
[PrimaryKey(nameof(Consortium), nameof(Kind), nameof(ItemKey))]
internal sealed record DisclosedItemRow
{
    public required string Consortium { get; set; }

    public int Kind { get; set; }

    public string ItemKey { get; set; } = "";

    public long DisclosureNumber { get; set; }
}

/// <summary>A patron's permission to disclose to a recipient (R51).</summary>
[Table("disclosure_permissions")]
[PrimaryKey(nameof(Consortium), nameof(PatronId), nameof(Recipient))]
internal sealed record DisclosurePermissionRow
{
    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public string Recipient { get; set; } = "";

    public string Channel { get; set; } = "";

    public long GivenAt { get; set; }

    public string GivenBy { get; set; } = "";

    public long? WithdrawnAt { get; set; }

    public string WithdrawnBy { get; set; } = "";
}

/// <summary>A patron about whom the population register was asked (R52).</summary>
[Table("address_queries")]
[PrimaryKey(nameof(Consortium), nameof(PatronId))]
internal sealed record AddressQueryRow
{
    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public long DisclosureNumber { get; set; }

    public long AskedAt { get; set; }

    public long? AnsweredAt { get; set; }

    /// <summary>What was answered: ok, withheld, unknown; empty until then.</summary>
    public string Status { get; set; } = "";
}
