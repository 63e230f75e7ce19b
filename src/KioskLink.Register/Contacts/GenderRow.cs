using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.Contacts;

/// <summary>A patron's gender (R11), in a table of its own, so that nothing that reads a patron reads it by the way.</summary>
[Table("genders")]
internal sealed record GenderRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public long PatronId { get; set; }

    public required string Consortium { get; set; }

    public int Gender { get; set; }
}
