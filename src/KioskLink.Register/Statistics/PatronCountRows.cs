using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Statistics;

/// <summary>What of a week or month may be told: nothing else of it is kept.</summary>
[Table("patron_counts")]
[PrimaryKey(nameof(Consortium), nameof(Measure), nameof(Period), nameof(BranchId), nameof(Dimension), nameof(Value))]
internal sealed record PatronCountRow
{
    public required string Consortium { get; set; }

    /// <summary>One of <see cref="Measures"/>.</summary>
    public required string Measure { get; set; }

    public required string Period { get; set; }

    public required string BranchId { get; set; }

    public required string Dimension { get; set; }

    public required string Value { get; set; }

    public long Patrons { get; set; }
}

/// <summary>A week or month that was counted; it is counted once.</summary>
[Table("patron_count_periods")]
[PrimaryKey(nameof(Consortium), nameof(Measure), nameof(Period))]
internal sealed record PatronCountPeriodRow
{
    public required string Consortium { get; set; }

    public required string Measure { get; set; }

    public required string Period { get; set; }

    /// <summary>ISO 8601.</summary>
    public required string FirstDay { get; set; }

    /// <summary>ISO 8601.</summary>
    public required string LastDay { get; set; }

    public int Suppressed { get; set; }

    public long CountedAt { get; set; }
}

/// <summary>What is counted.</summary>
internal static class Measures
{
    /// <summary>Who came in at a branch, each once a week.</summary>
    public const string Visitors = "visitors";

    /// <summary>Who is a patron at the end of a month.</summary>
    public const string Patrons = "patrons";
}
