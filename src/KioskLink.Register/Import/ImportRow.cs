using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Import;

/// <summary>How far an import has come, so that it can be resumed; no row of the file is kept.</summary>
[Table("imports")]
[PrimaryKey(nameof(Consortium), nameof(ImportId))]
internal sealed record ImportRow
{
    public required string Consortium { get; set; }

    public required string ImportId { get; set; }

    public long RowsDone { get; set; }

    public bool Finished { get; set; }

    public long UpdatedAt { get; set; }
}
