using System.Collections.Immutable;
using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Outage;

/// <summary>Where the replay of kept acts stands. Immutable.</summary>
internal sealed record ReplayState
{
    /// <summary>Before anything is known.</summary>
    public static ReplayState AtStart { get; } = new();

    /// <summary>What the register has still to take, in order, each with what it is about.</summary>
    public ImmutableSortedDictionary<long, string> Open { get; init; } = ImmutableSortedDictionary<long, string>.Empty;

    /// <summary>How often the register has answered an act with what is no answer.</summary>
    public ImmutableDictionary<long, int> Puzzles { get; init; } = ImmutableDictionary<long, int>.Empty;

    /// <summary>The act that the register is told of, until what became of it is durable; null when none is.</summary>
    public long? Sending { get; init; }

    /// <summary>Whether the register can be asked.</summary>
    public bool Online { get; init; }

    /// <summary>Whether it is waited before the next try.</summary>
    public bool Pausing { get; init; }
}

/// <summary>What the replay is told.</summary>
internal abstract record ReplayInput;

/// <summary>An act was kept.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="Subject">What it is about.</param>
internal sealed record ActKept(long Sequence, string Subject) : ReplayInput;

/// <summary>The link came up or went down.</summary>
/// <param name="Online">Whether the register can be asked.</param>
internal sealed record LinkTurned(bool Online) : ReplayInput;

/// <summary>The register has said what it made of the act that was sent.</summary>
/// <param name="State">What became of it.</param>
/// <param name="Reason">The register's word.</param>
internal sealed record ActAnswered(ActState State, LoanReason Reason) : ReplayInput;

/// <summary>That is durable, or the act is nobody's any more.</summary>
internal sealed record ActSettled : ReplayInput;

/// <summary>No answer came, or what became of the act could not be written: the register may have it or not.</summary>
internal sealed record ActUnanswered : ReplayInput;

/// <summary>The register answered this act with what is no answer, again and again maybe: others need not wait for it.</summary>
internal sealed record ActPuzzled : ReplayInput;

/// <summary>It was waited long enough.</summary>
internal sealed record PauseOver : ReplayInput;

/// <summary>What the replay wants done.</summary>
internal abstract record ReplayEffect;

/// <summary>Tell the register of an act.</summary>
/// <param name="Sequence">Its place.</param>
internal sealed record TellRegister(long Sequence) : ReplayEffect;

/// <summary>Make durable what became of an act.</summary>
/// <param name="Sequence">Its place.</param>
/// <param name="State">What became of it.</param>
/// <param name="Reason">The register's word.</param>
internal sealed record WriteOutcome(long Sequence, ActState State, LoanReason Reason) : ReplayEffect;

/// <summary>Wait, jittered, longer each time.</summary>
internal sealed record WaitAWhile : ReplayEffect;

/// <summary>The next wait is short again.</summary>
internal sealed record WaitsAreOver : ReplayEffect;
