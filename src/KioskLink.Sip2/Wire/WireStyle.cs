namespace KioskLink.Sip2.Wire;

/// <summary>How messages are written to one device or library system; what is read is taken in every style.</summary>
/// <param name="Encoding">Its encoding, for reading too.</param>
/// <param name="Terminator">How messages end.</param>
public sealed record WireStyle(TextEncoding Encoding = TextEncoding.Utf8, Terminator Terminator = Terminator.Cr);
