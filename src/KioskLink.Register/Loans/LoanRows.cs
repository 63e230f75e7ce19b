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

    /// <summary>Its type in the profile's loan rules; empty means the first of them.</summary>
    public string Type { get; set; } = "";

    /// <summary>The title's id, which its copies share; empty where the library system gives none.</summary>
    public string TitleId { get; set; } = "";

    /// <summary>Where it belongs.</summary>
    public string HomeBranch { get; set; } = "";

    /// <summary>Where it was seen last.</summary>
    public string BranchId { get; set; } = "";

    /// <summary>Where it is on its way to; empty while it is on none.</summary>
    public string TransitTo { get; set; } = "";

    public string CallNumber { get; set; } = "";

    public string Collection { get; set; } = "";

    /// <summary>SIP2's media type; empty means what its type says.</summary>
    public string Media { get; set; } = "";

    public bool Magnetic { get; set; }

    /// <summary>Whether it is lost or claimed returned.</summary>
    public bool Missing { get; set; }

    /// <summary>As a machine wrote them.</summary>
    public string Properties { get; set; } = "";

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

    /// <summary>The last day before the last renewal; empty where none was made here.</summary>
    public string RenewedFrom { get; set; } = "";

    /// <summary>The patron's holds that ended with it, for when it is undone; empty where none did.</summary>
    public string Fulfilled { get; set; } = "";

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

    /// <summary>The title's id; empty where the library system gives none.</summary>
    public string TitleId { get; set; } = "";

    /// <summary>The only copy that will do; empty means any of the title.</summary>
    public string CopyId { get; set; } = "";

    /// <summary>Order among the holds of one moment.</summary>
    public long Arrival { get; set; }

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
