using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Contacts;

/// <summary>What home service needs to know of a patron (R24); its consents stand in the ledger.</summary>
[Table("home_service")]
internal sealed record HomeServiceRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long PatronId { get; set; }

    public required string Consortium { get; set; }

    public string Route { get; set; } = "";

    public string Delivery { get; set; } = "";
}
