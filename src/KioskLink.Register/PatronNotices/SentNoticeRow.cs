using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.PatronNotices;

/// <summary>A notice that was sent (R20). Its text stands among the patron's messages.</summary>
[Table("sent_notices")]
[PrimaryKey(nameof(Consortium), nameof(NoticeId))]
internal sealed record SentNoticeRow
{
    public required string NoticeId { get; set; }

    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    /// <summary>The number of the wire, as are channel and language.</summary>
    public int Kind { get; set; }

    public int Channel { get; set; }

    public int Language { get; set; }

    /// <summary>Relative to the data folder; empty once its time was over.</summary>
    public required string File { get; set; }

    public long SentAt { get; set; }

    public required string SentBy { get; set; }
}

/// <summary>A file of the spool folder that must go.</summary>
[Table("doomed_notices")]
[PrimaryKey(nameof(Consortium), nameof(File))]
internal sealed record DoomedNoticeRow
{
    public required string Consortium { get; set; }

    /// <summary>Relative to the data folder.</summary>
    public required string File { get; set; }
}

/// <summary>What a notice was about, so that the daily round tells of it once.</summary>
[Table("notice_marks")]
[PrimaryKey(nameof(Consortium), nameof(Mark))]
internal sealed record NoticeMarkRow
{
    public required string Consortium { get; set; }

    /// <summary>The kind, the id in the library system and the day, such as <c>due:17:2026-12-24</c>.</summary>
    public required string Mark { get; set; }

    public required string NoticeId { get; set; }
}
