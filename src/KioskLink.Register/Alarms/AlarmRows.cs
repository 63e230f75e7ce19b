using System.ComponentModel.DataAnnotations;
using System.ComponentModel.DataAnnotations.Schema;
using Microsoft.EntityFrameworkCore;

namespace KioskLink.Register.Alarms;

/// <summary>A fault as stored.</summary>
[Table("alarms")]
internal sealed record FaultRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string AlarmId { get; set; }

    public required string Consortium { get; set; }

    public string BranchId { get; set; } = "";

    public string NodeId { get; set; } = "";

    public string Subject { get; set; } = "";

    public string RootSubject { get; set; } = "";

    public int Kind { get; set; }

    public int Severity { get; set; }

    public string Sentence { get; set; } = "";

    public bool IsHappening { get; set; }

    public bool IsLate { get; set; }

    public long RaisedAt { get; set; }

    public long ReceivedAt { get; set; }

    public int Raises { get; set; }

    public long? ClearedAt { get; set; }

    public long? AnnounceAt { get; set; }

    public long? AnnouncedAt { get; set; }

    public long? TellClearAt { get; set; }

    public int Told { get; set; }

    public string ParentId { get; set; } = "";

    public string AcknowledgedBy { get; set; } = "";

    public long? AcknowledgedAt { get; set; }

    public string Note { get; set; } = "";

    public int EscalatedTo { get; set; }

    /// <summary>Stands, or may still return as the same fault.</summary>
    public bool IsLive { get; set; }

    /// <summary>Grows with each change of any alarm.</summary>
    public long Version { get; set; }
}

/// <summary>How much was told of a place, and when it is to be looked at again.</summary>
[Table("alarm_places")]
[PrimaryKey(nameof(Consortium), nameof(BranchId), nameof(NodeId))]
internal sealed record AlarmPlaceRow
{
    public required string Consortium { get; set; }

    public string BranchId { get; set; } = "";

    public string NodeId { get; set; } = "";

    public long Since { get; set; }

    public int Sent { get; set; }

    public int Held { get; set; }

    public long? DueAt { get; set; }
}

/// <summary>How far a message is.</summary>
internal enum DeliveryState
{
    /// <summary>To be sent.</summary>
    Waiting,

    /// <summary>Handed over.</summary>
    Sent,

    /// <summary>Not needed any more: the fault ended before its message left.</summary>
    Dropped,

    /// <summary>Given up after every try.</summary>
    Failed,
}

/// <summary>A message to one recipient, as the outbox keeps it.</summary>
[Table("alarm_deliveries")]
internal sealed record DeliveryRow
{
    [Key]
    [DatabaseGenerated(DatabaseGeneratedOption.None)]
    public required string DeliveryId { get; set; }

    public required string Consortium { get; set; }

    /// <summary>The alarm; empty for a test.</summary>
    public string AlarmId { get; set; } = "";

    public string RouteId { get; set; } = "";

    public string Channel { get; set; } = "";

    public string Recipient { get; set; } = "";

    public int Kind { get; set; }

    public string Title { get; set; } = "";

    public string Body { get; set; } = "";

    public string ShortText { get; set; } = "";

    public DeliveryState State { get; set; }

    public int Tries { get; set; }

    public long CreatedAt { get; set; }

    public long NextAt { get; set; }

    public long? DoneAt { get; set; }

    /// <summary>Why it did not leave, in English.</summary>
    public string Problem { get; set; } = "";
}
