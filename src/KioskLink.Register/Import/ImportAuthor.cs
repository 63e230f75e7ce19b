namespace KioskLink.Register.Import;

/// <summary>Who imports.</summary>
/// <param name="Name">The actor.</param>
/// <param name="StoreAsync">Stores a batch so that whom it has stored stands in the audit log with it (R42).</param>
internal sealed record ImportAuthor(string Name, Func<Func<Task<bool>>, Task> StoreAsync);
