using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Loans;

/// <summary>An item of a library.</summary>
[Table("items")]
[PrimaryKey(nameof(Consortium), nameof(ItemId))]
internal sealed record ItemRow
{
    public required string Consortium { get; set; }

    /// <summary>The barcode.</summary>
    public required string ItemId { get; set; }

    public string Title { get; set; } = "";

    /// <summary>The municipality that owns it.</summary>
    public string Owner { get; set; } = "";

    public long PriceCents { get; set; }

    public long UpdatedAt { get; set; }
}

/// <summary>An open loan (R22); a return moves it to the histories.</summary>
[Table("loans")]
[PrimaryKey(nameof(Consortium), nameof(LoanId))]
internal sealed record LoanRow
{
    public required string Consortium { get; set; }

    public required string LoanId { get; set; }

    public long PatronId { get; set; }

    public required string ItemId { get; set; }

    public string BranchId { get; set; } = "";

    public long LoanedAt { get; set; }

    /// <summary>Last day of the loan, ISO 8601.</summary>
    public required string DueOn { get; set; }

    public int Renewals { get; set; }

    public long UpdatedAt { get; set; }
}

/// <summary>Who had an item (R59); the link to the patron goes by the profile's retention.</summary>
[Table("item_history")]
[PrimaryKey(nameof(Consortium), nameof(LoanId))]
internal sealed record ItemHistoryRow
{
    public required string Consortium { get; set; }

    public required string LoanId { get; set; }

    public required string ItemId { get; set; }

    /// <summary>The patron; null once the link is removed.</summary>
    public long? PatronId { get; set; }

    public long LoanedAt { get; set; }

    public string DueOn { get; set; } = "";

    public long ReturnedAt { get; set; }
}

/// <summary>A loan that is over, kept since the patron wants it (R23).</summary>
[Table("loan_history")]
[PrimaryKey(nameof(Consortium), nameof(LoanId))]
internal sealed record LoanHistoryRow
{
    public required string Consortium { get; set; }

    public required string LoanId { get; set; }

    public long PatronId { get; set; }

    public required string ItemId { get; set; }

    public string Title { get; set; } = "";

    public long LoanedAt { get; set; }

    public long ReturnedAt { get; set; }
}

/// <summary>An open hold (R22).</summary>
[Table("holds")]
[PrimaryKey(nameof(Consortium), nameof(HoldId))]
internal sealed record HoldRow
{
    public required string Consortium { get; set; }

    public required string HoldId { get; set; }

    public long PatronId { get; set; }

    /// <summary>The copy that is set aside; empty until then.</summary>
    public string ItemId { get; set; } = "";

    public string Title { get; set; } = "";

    /// <summary>Where it is picked up.</summary>
    public string BranchId { get; set; } = "";

    public long PlacedAt { get; set; }

    public string ExpiresOn { get; set; } = "";

    /// <summary>Last day for picking it up; empty while it is in the queue.</summary>
    public string PickUpBy { get; set; } = "";

    public long UpdatedAt { get; set; }
}

/// <summary>A stop of the library bus that a patron used (R22).</summary>
[Table("bus_stops")]
[PrimaryKey(nameof(Consortium), nameof(PatronId), nameof(Stop))]
internal sealed record BusStopRow
{
    public required string Consortium { get; set; }

    public long PatronId { get; set; }

    public required string Stop { get; set; }

    public string LastUsedOn { get; set; } = "";
}
