using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.PatronNotes;

/// <summary>A message to or about a patron (R21).</summary>
[Table("patron_messages")]
internal sealed record PatronMessageRow
{
    [Key]
    public long MessageId { get; set; }

    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public int Direction { get; set; }

    public string Body { get; set; } = "";

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    /// <summary>The notice whose text it is, as long as that names titles; empty for every other message.</summary>
    public string NoticeId { get; set; } = "";
}
