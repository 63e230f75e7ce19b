namespace KioskLink.Sip2.Server;

/// <summary>A card and a PIN that were right together, as a digest under the process's own key.</summary>
/// <param name="Digest">The digest.</param>
/// <param name="Until">Until when that counts, by the running clock.</param>
internal sealed record ProvenPin(byte[] Digest, TimeSpan Until);
