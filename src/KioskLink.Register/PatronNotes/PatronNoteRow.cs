using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;

namespace KioskLink.Register.PatronNotes;

/// <summary>A note about a patron, perhaps of an unsettled matter (R26).</summary>
[Table("patron_notes")]
internal sealed record PatronNoteRow
{
    [Key]
    public long NoteId { get; set; }

    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public string Body { get; set; } = "";

    public bool Unsettled { get; set; }

    public long CreatedAt { get; set; }

    public string CreatedBy { get; set; } = "";

    public long? SettledAt { get; set; }

    public string SettledBy { get; set; } = "";

    /// <summary>The deed whose reason the body is, a word of <see cref="NotedDeed"/>; empty for a note that stands for itself.</summary>
    public string Deed { get; set; } = "";
}
