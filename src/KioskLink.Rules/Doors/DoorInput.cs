using NodaTime;

namespace KioskLink.Rules.Doors;

/// <summary>Something that happens to a door.</summary>
public abstract record DoorInput;

/// <summary>The program started: the lock's state is not known.</summary>
public sealed record DoorStarted : DoorInput;

/// <summary>Somebody may pass.</summary>
/// <param name="AttemptId">The attempt that gets the outcome.</param>
/// <param name="UnlockFor">For how long; the lock's own limit caps it.</param>
/// <param name="PassesLockdown">Whether it is a badge whose role passes a lockdown.</param>
/// <param name="Patience">How many times as long the door may stand open: more than 1 for those who need more time.</param>
public sealed record DoorGranted(string AttemptId, Duration UnlockFor, bool PassesLockdown = false, double Patience = 1) : DoorInput;

/// <summary>The door contact reports; the first report after a start only tells how the door stands.</summary>
/// <param name="IsOpen">Whether the door is open.</param>
public sealed record ContactChanged(bool IsOpen) : DoorInput;

/// <summary>The contact tells nothing any more, since its line is at fault or its device silent; the next <see cref="ContactChanged"/> is as the first.</summary>
public sealed record ContactLost : DoorInput;

/// <summary>The exit button was pressed or the inside handle turned; its wiring has opened the lock, not we.</summary>
/// <param name="HeldBy">The button, handle or glass that tells when it is at rest again, with <see cref="ExitEnded"/>; null for one that does not.</param>
public sealed record ExitUsed(string? HeldBy = null) : DoorInput;

/// <summary>A button, handle or glass is at rest again, or tells nothing any more.</summary>
/// <param name="HeldBy">Which.</param>
public sealed record ExitEnded(string HeldBy) : DoorInput;

/// <summary>The fire panel reports; its wiring has opened the lock, not we.</summary>
/// <param name="IsActive">Whether there is an alarm.</param>
public sealed record FireChanged(bool IsActive) : DoorInput;

/// <summary>What the calendar says now.</summary>
/// <param name="IsFree">Whether the door is free for all.</param>
public sealed record CalendarSays(bool IsFree) : DoorInput;

/// <summary>The door is to be kept locked.</summary>
public sealed record LockdownOrdered : DoorInput;

/// <summary>The lockdown ends.</summary>
public sealed record LockdownReleased : DoorInput;

/// <summary>The board acknowledged an unlock.</summary>
/// <param name="Command">The command's number.</param>
public sealed record UnlockAcknowledged(long Command) : DoorInput;

/// <summary>The board refused an unlock, or is gone.</summary>
/// <param name="Command">The command's number.</param>
public sealed record UnlockRefused(long Command) : DoorInput;

/// <summary>Time passed; due at <see cref="DoorState.NextDue"/>.</summary>
public sealed record DoorTick : DoorInput;
