using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Responsibles;

/// <summary>That a person who is no patron answers for a patron, and as what (R15).</summary>
[Table("responsibilities")]
[PrimaryKey(nameof(PatronId), nameof(PersonId))]
internal sealed record ResponsibilityRow
{
    public long PatronId { get; set; }

    public long PersonId { get; set; }

    public required string Consortium { get; set; }

    public int Role { get; set; }

    public long CreatedAt { get; set; }
}
