using KioskLink.Protos.Register.V1;
using KioskLink.Register.Store;

namespace KioskLink.Register.Consents;

/// <summary>
/// Deletes what rests on a consent that was withdrawn, in the same unit of work (R23). Rooms that keep such data add theirs to the
/// services.
/// </summary>
/// <param name="scope">The unit of work.</param>
/// <param name="patronId">Whose consent.</param>
/// <param name="kind">Which consent.</param>
internal delegate void ConsentEnded(WriteScope scope, long patronId, ConsentKind kind);
