using System.ComponentModel.DataAnnotations.Schema;
using System.Globalization;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Audit;

/// <summary>A row of the audit log; see <see cref="AuditEntry"/> for its fields. Never changed once written.</summary>
[Table("audit")]
[PrimaryKey(nameof(Consortium), nameof(Sequence))]
internal sealed record AuditRow
{
    public required string Consortium { get; set; }

    public long Sequence { get; set; }

    public long At { get; set; }

    public string Actor { get; set; } = "";

    public string Role { get; set; } = "";

    public string Action { get; set; } = "";

    public string Purpose { get; set; } = "";

    /// <summary>Internal numbers of patrons, ascending, with blanks between.</summary>
    public string Subjects { get; set; } = "";

    public string Fields { get; set; } = "";

    public string Device { get; set; } = "";

    public string Result { get; set; } = "";

    public string Reason { get; set; } = "";

    public long Calls { get; set; }

    public byte[]? Digest { get; set; }

    public byte[] Hash { get; set; } = [];

    /// <summary>The subjects as numbers.</summary>
    public static IEnumerable<long> ReadSubjects(string subjects) =>
        subjects.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(text => long.Parse(text, CultureInfo.InvariantCulture));
}

/// <summary>Finds the rows about a patron.</summary>
[Table("audit_subjects")]
[PrimaryKey(nameof(Consortium), nameof(Subject), nameof(Sequence))]
internal sealed record AuditSubjectRow
{
    public required string Consortium { get; set; }

    /// <summary>A patron's internal number, or <see cref="Responsibles.ResponsiblePersonRow.SubjectOf"/> of a person who answers for patrons and is none.</summary>
    public long Subject { get; set; }

    public long Sequence { get; set; }
}
