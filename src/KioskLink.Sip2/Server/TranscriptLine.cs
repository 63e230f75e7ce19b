namespace KioskLink.Sip2.Server;

/// <summary>A message as it may be shown.</summary>
/// <param name="Connection">The number of the connection.</param>
/// <param name="FromDevice">The machine sent it.</param>
/// <param name="Text">The message without PINs, passwords, card numbers and names.</param>
public sealed record TranscriptLine(long Connection, bool FromDevice, string Text);
