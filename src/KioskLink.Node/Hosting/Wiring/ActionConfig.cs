using KioskLink.Rules.Premises;

namespace KioskLink.Node.Hosting.Wiring;

/// <summary>Something that the node does when the branch's state changes: a relay or a command.</summary>
internal sealed record ActionConfig
{
    /// <summary>The action's id.</summary>
    public string Id { get; init; } = "";

    /// <summary>The state that begins.</summary>
    public BranchState? To { get; init; }

    /// <summary>The state that ends; unset means any.</summary>
    public BranchState? From { get; init; }

    /// <summary>How many minutes after the change; negative before it. At most 12 hours either way.</summary>
    public int Minutes { get; init; }

    /// <summary>The device whose output it moves.</summary>
    public string? Device { get; init; }

    /// <summary>The output, from 0.</summary>
    public int Output { get; init; }

    /// <summary>The state in which the relay is while the node does not run.</summary>
    public RelayState RestsWhen { get; init; }

    /// <summary>The state into which it is put until another action says otherwise.</summary>
    public RelayState? Set { get; init; }

    /// <summary>For how long it leaves its rest, once, 100 ms to 10 min.</summary>
    public TimeSpan? Pulse { get; init; }

    /// <summary>A program and its arguments; no shell reads them.</summary>
    public IReadOnlyList<string>? Command { get; init; }
}
