namespace KioskLink.Sip2.Server;

/// <summary>A request that somebody else must answer, and how the answer is written.</summary>
/// <param name="Request">The request.</param>
/// <param name="Sequence">The digits behind its AY.</param>
/// <param name="WithCheck">Whether it had check digits, and so its answer has.</param>
/// <param name="Digest">The digest of its bytes; null where it has no check digits.</param>
/// <param name="PinProven">Its card and PIN were right together a moment ago.</param>
internal sealed record Ask(Request Request, byte[] Sequence, bool WithCheck, byte[]? Digest, bool PinProven);
