namespace KioskLink.Sip2.Server;

/// <summary>Something happened on a connection. Holds nothing of a message but its command.</summary>
/// <param name="Event">What.</param>
/// <param name="Connection">The number of the connection.</param>
/// <param name="Source">The address it comes from.</param>
/// <param name="Login">Under which name it is logged in.</param>
/// <param name="Code">The message, where one has to do with it.</param>
/// <param name="Error">What was thrown by whoever answers, or by the network.</param>
public sealed record ListenerReport(SessionEvent Event, long Connection, string Source, string? Login = null, MessageCode? Code = null, Exception? Error = null);
