using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.PatronSearch;

/// <summary>One word of a patron's name with those that follow it, folded.</summary>
[Table("patron_names")]
[PrimaryKey(nameof(Consortium), nameof(Rank), nameof(Name), nameof(PatronId))]
internal sealed record PatronNameRow
{
    public required string Consortium { get; set; }

    /// <summary>0 for the first word of the surname, 1 for every other.</summary>
    public int Rank { get; set; }

    public string Name { get; set; } = "";

    public long PatronId { get; set; }

    /// <summary>The words before it.</summary>
    public string Before { get; set; } = "";
}
