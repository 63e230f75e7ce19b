using KioskLink.Protos.Register.V1;

namespace KioskLink.Node.Deciding;

/// <summary>A card presented at a door, its PIN typed: what one decision is made of. Its text form shows neither.</summary>
internal sealed class Presentation
{
    /// <summary>A random id, made when the card was read.</summary>
    public required string AttemptId { get; init; }

    /// <summary>The door.</summary>
    public required string DoorId { get; init; }

    /// <summary>The device that read the card.</summary>
    public required string DeviceId { get; init; }

    /// <summary>The card number as read, not yet normalised; null when the reader could make nothing of it.</summary>
    public string? Card { get; init; }

    /// <summary>The PIN's digits in ASCII; empty when none was entered. The decider wipes it.</summary>
    public byte[] Pin { get; init; } = [];

    /// <summary>The monotonic timestamp (<see cref="TimeProvider.GetTimestamp"/>) at which the card was read.</summary>
    public long ReadAt { get; init; }

    /// <summary>What the door's side knows: lockdown, people inside, the alarm, staff.</summary>
    public DoorConditions Conditions { get; init; } = new();

    /// <summary>Whether the patron stands outdoors, where texts say less.</summary>
    public bool Outdoors { get; init; } = true;

    /// <inheritdoc />
    public override string ToString() => $"attempt {AttemptId} at {DoorId}";
}
