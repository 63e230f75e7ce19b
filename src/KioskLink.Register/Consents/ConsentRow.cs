using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Consents;

/// <summary>An entry of the ledger of consents (R39): who agreed to what, for whom, to which text, when and where. Only ever added.</summary>
[Table("consents")]
internal sealed record ConsentRow
{
    [Key]
    public long ConsentId { get; set; }

    public required string Consortium { get; set; }

    /// <summary>For whom.</summary>
    public long PatronId { get; set; }

    public int Kind { get; set; }

    public int Act { get; set; }

    public string TextVersion { get; set; } = "";

    public string ActedOn { get; set; } = "";

    public int Channel { get; set; }

    public bool ByResponsible { get; set; }

    /// <summary>The patron who acted for another one; empty where nobody did.</summary>
    public string GiverCustomerId { get; set; } = "";

    /// <summary>The person who acted and is no patron; 0 where there is none.</summary>
    public long GiverPersonId { get; set; }

    public long RecordedAt { get; set; }

    public string RecordedBy { get; set; } = "";
}
