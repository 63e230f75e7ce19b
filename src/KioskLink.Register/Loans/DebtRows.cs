using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Loans;

/// <summary>A fee (R22); open while it is not settled.</summary>
[Table("fees")]
[PrimaryKey(nameof(Consortium), nameof(FeeId))]
internal sealed record FeeRow
{
    public required string Consortium { get; set; }

    public required string FeeId { get; set; }

    public long PatronId { get; set; }

    public string Kind { get; set; } = "";

    public string ItemId { get; set; } = "";

    /// <summary>What is still to be paid.</summary>
    public long Cents { get; set; }

    /// <summary>What was to be paid at first.</summary>
    public long ChargedCents { get; set; }

    /// <summary>The loan that was late; empty where none was.</summary>
    public string LoanId { get; set; } = "";

    public long ChargedAt { get; set; }

    public long? SettledAt { get; set; }

    public string Note { get; set; } = "";

    public long UpdatedAt { get; set; }
}

/// <summary>An invoice (R22); open while it is not settled.</summary>
[Table("invoices")]
[PrimaryKey(nameof(Consortium), nameof(InvoiceId))]
internal sealed record InvoiceRow
{
    public required string Consortium { get; set; }

    public required string InvoiceId { get; set; }

    public long PatronId { get; set; }

    public string Number { get; set; } = "";

    public long Cents { get; set; }

    public string InvoicedOn { get; set; } = "";

    public string DueOn { get; set; } = "";

    /// <summary>The items, one a line.</summary>
    public string ItemIds { get; set; } = "";

    public long? SettledAt { get; set; }

    public long UpdatedAt { get; set; }
}
