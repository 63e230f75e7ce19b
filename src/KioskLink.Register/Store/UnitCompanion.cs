namespace KioskLink.Register.Store;

/// <summary>What goes with each unit of work of a call: it stands or falls with the unit.</summary>
/// <param name="Write">Writes it, after the unit's own work.</param>
/// <param name="About">Learns whose data the unit changes and of which class, while the unit works.</param>
internal sealed record UnitCompanion(Action<WriteScope> Write, Action<IEnumerable<long>, string> About);
