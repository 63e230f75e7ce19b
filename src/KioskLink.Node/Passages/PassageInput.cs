using KioskLink.Rules.Doors;
using KioskLink.Rules.Premises;
using NodaTime;

namespace KioskLink.Node.Passages;

/// <summary>Something that happens at a doorway.</summary>
internal abstract record PassageInput;

/// <summary>A door was unlocked for somebody.</summary>
/// <param name="DoorId">The door.</param>
/// <param name="AttemptId">The attempt.</param>
/// <param name="Who">What the card is called here; empty for nobody in particular.</param>
/// <param name="UnlockFor">For how long.</param>
/// <param name="Patience">How many times as long the door may stand open.</param>
internal sealed record LetIn(string DoorId, string AttemptId, string Who, Duration UnlockFor, double Patience) : PassageInput;

/// <summary>A door told something.</summary>
/// <param name="DoorId">The door.</param>
/// <param name="Event">What.</param>
internal sealed record DoorTold(string DoorId, DoorEvent Event) : PassageInput;

/// <summary>A counter saw somebody pass.</summary>
/// <param name="DoorId">The door.</param>
/// <param name="Inwards">Whether it was inwards.</param>
internal sealed record Counted(string DoorId, bool Inwards) : PassageInput;

/// <summary>The branch has become something else.</summary>
/// <param name="From">What it was.</param>
/// <param name="To">What it is.</param>
internal sealed record BranchTurned(BranchState From, BranchState To) : PassageInput;

/// <summary>Somebody was accepted at a reader inside.</summary>
/// <param name="Who">What the card is called here.</param>
internal sealed record SeenInside(string Who) : PassageInput;

/// <summary>Time has passed.</summary>
internal sealed record PassageTick : PassageInput;
