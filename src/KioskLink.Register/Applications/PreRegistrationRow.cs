using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Applications;

/// <summary>A patron whom an application created and who had no card then (R38).</summary>
[Table("pre_registrations")]
[PrimaryKey(nameof(Consortium), nameof(PatronId))]
internal sealed record PreRegistrationRow
{
    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public long RegisteredAt { get; set; }
}
