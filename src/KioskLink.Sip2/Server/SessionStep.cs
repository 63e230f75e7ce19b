namespace KioskLink.Sip2.Server;

/// <summary>What follows from a message or an answer.</summary>
/// <param name="State">What the session remembers now.</param>
/// <param name="Kind">What is done.</param>
/// <param name="Bytes">What is sent.</param>
/// <param name="Ask">What is asked.</param>
/// <param name="Event">What an operator may want to know.</param>
internal readonly record struct SessionStep(SessionState State, StepKind Kind, byte[]? Bytes = null, Ask? Ask = null, SessionEvent Event = SessionEvent.None);
