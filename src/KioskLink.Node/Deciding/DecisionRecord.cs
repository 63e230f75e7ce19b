using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Node.Deciding;

/// <summary>A decision as it stands in the journal.</summary>
internal sealed record DecisionRecord
{
    /// <summary>The attempt.</summary>
    public required string AttemptId { get; init; }

    /// <summary>The door.</summary>
    public required string DoorId { get; init; }

    /// <summary>What the rules made of it.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Whose facts were used.</summary>
    public required DecisionSource Source { get; init; }

    /// <summary>Version of the facts.</summary>
    public long FactsVersion { get; init; }

    /// <summary>Age of the facts.</summary>
    public Duration FactsAge { get; init; }

    /// <summary>How the PIN went; null when no card was decided.</summary>
    public PinResult? Pin { get; init; }

    /// <summary>Key of the patron's text.</summary>
    public string MessageKey { get; init; } = "";

    /// <summary>The patron's text, in the decision's language.</summary>
    public string Message { get; init; } = "";

    /// <summary>Whether the decision is durable in the journal. Without it no lock moves, unless the branch chose so.</summary>
    public bool Recorded { get; init; }

    /// <summary>Whether the branch opens its doors while no record can be written.</summary>
    public bool OpensUnrecorded { get; init; }

    /// <summary>Whether the lock may be opened: granted and recorded, or granted where the branch opens without a record.</summary>
    public bool MayUnlock => Decision.Granted && (Recorded || OpensUnrecorded);
}

/// <summary>Whose facts a decision rests on; the numbers are those of the wire.</summary>
internal enum DecisionSource
{
    /// <summary>The register's own.</summary>
    Register = 1,

    /// <summary>The node's replica.</summary>
    Replica = 2,
}
