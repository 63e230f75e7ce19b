using KioskLink.Rules.Alarms;
using NodaTime;

namespace KioskLink.Register.Alarms;

/// <summary>What happens to the alarms of a place.</summary>
internal abstract record AlarmEvent;

/// <summary>A fault is told, again or for the first time.</summary>
/// <param name="Id">The id that it gets when it is new.</param>
/// <param name="Subject">What it is about.</param>
/// <param name="Kind">The kind.</param>
/// <param name="Sentence">What the place says, in English.</param>
/// <param name="At">When, by the clock of the place.</param>
internal sealed record AlarmRaised(string Id, string Subject, AlarmKind Kind, string Sentence, Instant At) : AlarmEvent
{
    /// <summary>The subject on which it hangs; empty for none.</summary>
    public string RootSubject { get; init; } = "";

    /// <summary>Whether the register hears of it only now.</summary>
    public bool IsLate { get; init; }

    /// <summary>Something that happened, and not a state that ends.</summary>
    public bool IsHappening { get; init; }
}

/// <summary>A subject is in order.</summary>
/// <param name="Subject">The subject.</param>
internal sealed record AlarmCleared(string Subject) : AlarmEvent;

/// <summary>Somebody looks after a fault.</summary>
/// <param name="FaultId">The fault.</param>
/// <param name="By">Who.</param>
/// <param name="Note">What that person notes.</param>
internal sealed record AlarmAcknowledged(string FaultId, string By, string Note) : AlarmEvent;

/// <summary>Time goes on.</summary>
internal sealed record AlarmTick : AlarmEvent;
