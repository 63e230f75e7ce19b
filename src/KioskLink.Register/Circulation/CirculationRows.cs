using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Circulation;

/// <summary>An act with its answer, so that it is done once also after a restart; whose it was is not kept.</summary>
[Table("loan_acts")]
[PrimaryKey(nameof(Consortium), nameof(Caller), nameof(TransactionId))]
internal sealed record ActRow
{
    public required string Consortium { get; set; }

    public required string Caller { get; set; }

    public required string TransactionId { get; set; }

    public string Kind { get; set; } = "";

    public long DoneAt { get; set; }

    /// <summary>The serialised answer.</summary>
    public byte[] Answer { get; set; } = [];

    /// <summary>What it did, for when it is withdrawn; see <see cref="ActEffect"/>.</summary>
    public string Undo { get; set; } = "";
}

/// <summary>What speaks against an act that was taken since it had happened; open while it is not settled.</summary>
[Table("loan_conflicts")]
[PrimaryKey(nameof(Consortium), nameof(ConflictId))]
internal sealed record ConflictRow
{
    public required string Consortium { get; set; }

    public required string ConflictId { get; set; }

    public string TransactionId { get; set; } = "";

    public string Kind { get; set; } = "";

    /// <summary>The reason by its number on the wire.</summary>
    public int Reason { get; set; }

    public string ItemId { get; set; } = "";

    /// <summary>The patron of the act; null where nobody is known, or not any more.</summary>
    public long? PatronId { get; set; }

    /// <summary>The patron who had the item before.</summary>
    public long? OtherPatronId { get; set; }

    /// <summary>The loan that ended without a return; empty where none did.</summary>
    public string EndedLoanId { get; set; } = "";

    public string BranchId { get; set; } = "";

    public string DeviceId { get; set; } = "";

    /// <summary>Who told of the act.</summary>
    public string Caller { get; set; } = "";

    public long HappenedAt { get; set; }

    public long ToldAt { get; set; }

    public long? SettledAt { get; set; }

    public string SettledBy { get; set; } = "";

    public string Note { get; set; } = "";
}

/// <summary>What was paid of one fee by one payment.</summary>
[Table("fee_payments")]
[PrimaryKey(nameof(Consortium), nameof(PaymentId), nameof(FeeId))]
internal sealed record PaymentRow
{
    public required string Consortium { get; set; }

    public required string PaymentId { get; set; }

    public required string FeeId { get; set; }

    public long PatronId { get; set; }

    public long Cents { get; set; }

    /// <summary>`cash`, `card`, `account` or `other`.</summary>
    public string Method { get; set; } = "";

    /// <summary>The payment's id at the machine.</summary>
    public string Reference { get; set; } = "";

    public string BranchId { get; set; } = "";

    public string DeviceId { get; set; } = "";

    public long PaidAt { get; set; }
}
