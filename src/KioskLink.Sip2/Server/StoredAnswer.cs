namespace KioskLink.Sip2.Server;

/// <summary>The last answer as it was sent, to be sent again.</summary>
/// <param name="Bytes">Its bytes with the terminator.</param>
/// <param name="Request">The digest of the request it answers; null where that had no check digits or was damaged.</param>
/// <param name="At">When it was made, by the running clock.</param>
internal sealed record StoredAnswer(byte[] Bytes, byte[]? Request, TimeSpan At);
