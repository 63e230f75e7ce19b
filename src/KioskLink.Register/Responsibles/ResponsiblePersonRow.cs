using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using KioskLink.Register.Contacts;

namespace KioskLink.Register.Responsibles;

/// <summary>
/// Somebody who answers for patrons and is none: a data subject of their own (R16), kept as long as there is a ward, or until the
/// person asks to be erased and no ward needs one.
/// </summary>
[Table("responsible_persons")]
internal sealed record ResponsiblePersonRow : ContactColumns
{
    [Key]
    public long PersonId { get; set; }

    /// <summary>Under which number the person stands in the audit log and among corrections, beside the numbers of patrons.</summary>
    public static long SubjectOf(long personId) => -personId;

    public required string Consortium { get; set; }

    public string Surname { get; set; } = "";

    public string FirstNames { get; set; } = "";

    /// <summary>Both names, folded.</summary>
    public string SearchName { get; set; } = "";

    public string DateOfBirth { get; set; } = "";

    public int Language { get; set; }

    /// <summary>Whether the processing is restricted (R76): only data-protection officers read the person then.</summary>
    public bool Restricted { get; set; }

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public long UpdatedAt { get; set; }

    public string UpdatedBy { get; set; } = "";
}
