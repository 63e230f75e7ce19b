using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>A motor that pushes the door's leaf open, told to by a short pulse. Immutable.</summary>
/// <param name="Delay">How long after the unlock it is told to: the bolt must have gone back.</param>
/// <param name="Pulse">For how long it is told to.</param>
/// <param name="OnExit">Whether it is told to for those who leave, too; only where the exit button's own wiring opens the lock.</param>
public sealed record OpenerDeclaration(Duration Delay, Duration Pulse, bool OnExit = false);
