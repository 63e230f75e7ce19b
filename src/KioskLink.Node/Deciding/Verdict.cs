using KioskLink.Rules.Access;
using NodaTime;

namespace KioskLink.Node.Deciding;

/// <summary>A decision before it is recorded.</summary>
internal sealed record Verdict
{
    /// <summary>What the rules made of it.</summary>
    public required Decision Decision { get; init; }

    /// <summary>Whose facts were used.</summary>
    public required DecisionSource Source { get; init; }

    /// <summary>Version of the facts.</summary>
    public long FactsVersion { get; init; }

    /// <summary>Age of the facts.</summary>
    public Duration FactsAge { get; init; }

    /// <summary>How the PIN went; null when no card was decided or only the register knows.</summary>
    public PinResult? Pin { get; init; }

    /// <summary>Whether a guess of this node is spent.</summary>
    public bool GuessSpent { get; init; }

    /// <summary>Key of the patron's text.</summary>
    public string MessageKey { get; init; } = "";

    /// <summary>The patron's text.</summary>
    public string Message { get; init; } = "";

    /// <summary>The ladder; empty where only the register knows it.</summary>
    public IReadOnlyList<RuleOutcome> Rules { get; init; } = [];
}
