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
public sealed record DoorGranted(string AttemptId, Duration UnlockFor, bool PassesLockdown = false) : DoorInput;

/// <summary>The door contact reports; the first report after a start only tells how the door stands.</summary>
/// <param name="IsOpen">Whether the door is open.</param>
public sealed record ContactChanged(bool IsOpen) : DoorInput;

/// <summary>The exit button was pressed or the inside handle turned; its wiring has opened the lock, not we.</summary>
public sealed record ExitUsed : DoorInput;

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
