namespace KioskLink.Register.Facts;

/// <summary>A change inside a transaction and the entry that is in force once it is committed.</summary>
/// <param name="Change">The change.</param>
/// <param name="Entry">The new entry; null when the entity is gone.</param>
internal sealed record RecordedChange(Change Change, Entry? Entry);
