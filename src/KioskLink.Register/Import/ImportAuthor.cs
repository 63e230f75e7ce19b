namespace KioskLink.Register.Import;

/// <summary>Who imports.</summary>
/// <param name="Name">The actor.</param>
/// <param name="NoteAsync">Notes in the audit log, durably, whom a batch has stored (R42).</param>
internal sealed record ImportAuthor(string Name, Func<IReadOnlyCollection<long>, Task> NoteAsync);
