using KioskLink.Rules.Doors;
using NodaTime;

namespace KioskLink.Node.Passages;

/// <summary>Something that happens at a doorway.</summary>
internal abstract record PassageInput;

/// <summary>A door was unlocked for somebody.</summary>
/// <param name="DoorId">The door.</param>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Who">What the card is called here; empty for nobody in particular.</param>
/// <param name="UnlockFor">For how long.</param>
internal sealed record LetIn(string DoorId, string AttemptId, string Who, Duration UnlockFor) : PassageInput;

/// <summary>A door told something.</summary>
/// <param name="DoorId">The door.</param>
/// <param name="Event">What.</param>
internal sealed record DoorTold(string DoorId, DoorEvent Event) : PassageInput;

/// <summary>A counter saw somebody pass.</summary>
/// <param name="DoorId">The door.</param>
/// <param name="Inwards">Whether it was inwards.</param>
internal sealed record Counted(string DoorId, bool Inwards) : PassageInput;

/// <summary>Time has passed.</summary>
internal sealed record PassageTick : PassageInput;
