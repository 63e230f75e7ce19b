using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Register.Applications;

/// <summary>An application as stored: sealed, with what is needed to find it and to say how it stands.</summary>
[Table("applications")]
internal sealed record ApplicationRow
{
    /// <summary>Order of arrival, for pages.</summary>
    [Key]
    public long ApplicationNumber { get; set; }

    public required string Consortium { get; set; }

    public required string ApplicationId { get; set; }

    /// <summary>Blind index of the content.</summary>
    public byte[] ContentIndex { get; set; } = [];

    /// <summary>Blind index of the identity code; null where there is none.</summary>
    public byte[]? IdentityIndex { get; set; }

    public long ReceivedAt { get; set; }

    /// <summary>The number of an <see cref="ApplicationState"/>.</summary>
    public int State { get; set; }

    /// <summary>The number of a <see cref="Protos.Register.V1.QueueReason"/>.</summary>
    public int QueueReason { get; set; }

    /// <summary>The number of an <see cref="ApplicationOutcome"/>.</summary>
    public int Outcome { get; set; }

    public long? PatronId { get; set; }

    public byte[] Sealed { get; set; } = [];

    public string SubmittedBy { get; set; } = "";

    public string HandledBy { get; set; } = "";

    public long? HandledAt { get; set; }

    public string DecisionReason { get; set; } = "";
}
