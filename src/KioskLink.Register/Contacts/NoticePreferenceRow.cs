using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Contacts;

/// <summary>How one kind of notice reaches a patron (R20); no row, no choice.</summary>
[Table("notice_preferences")]
[PrimaryKey(nameof(PatronId), nameof(Kind))]
internal sealed record NoticePreferenceRow
{
    public long PatronId { get; set; }

    public int Kind { get; set; }

    public required string Consortium { get; set; }

    public int Channel { get; set; }
}
