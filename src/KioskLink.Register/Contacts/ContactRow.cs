using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Contacts;

/// <summary>Where a patron is reached (R8).</summary>
[Table("contacts")]
internal sealed record ContactRow : ContactColumns
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long PatronId { get; set; }

    public required string Consortium { get; set; }
}
