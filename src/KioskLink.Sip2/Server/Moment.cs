namespace KioskLink.Sip2.Server;

/// <summary>A point in time: what is told by the wall clock, and what is measured by one that never jumps.</summary>
/// <param name="Wall">The time of day.</param>
/// <param name="Running">Time since any fixed point.</param>
internal readonly record struct Moment(DateTimeOffset Wall, TimeSpan Running);
